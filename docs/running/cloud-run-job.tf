# plumbline as a Cloud Run job that audits every hour: a service account, the smallest role that reads all it can look at, the job, its schedule.
#     terraform apply -var project=acme-staging -var region=us-central1 -var image=IMAGE
# The baseline is in the image, or in a bucket that the job mounts; the report goes to Cloud Logging, and its status is the job's.
# `plumbline doctor -b BASELINE --role -` prints the smaller role that one baseline needs.

variable "project" { type = string }
variable "region" { type = string }
variable "image" { type = string }

resource "google_service_account" "plumbline" {
  project      = var.project
  account_id   = "plumbline"
  display_name = "plumbline: reads, and changes nothing"
}

resource "google_project_iam_custom_role" "plumbline" {
  project = var.project
  role_id = "plumblineReader"
  title   = "plumbline reader"
  permissions = [
    "cloudsql.databases.list",
    "cloudsql.instances.list",
    "cloudsql.users.list",
    "compute.addresses.list",
    "compute.backendServices.list",
    "compute.firewallPolicies.list",
    "compute.firewalls.list",
    "compute.forwardingRules.list",
    "compute.instances.list",
    "compute.networkEndpointGroups.list",
    "compute.networks.getEffectiveFirewalls",
    "compute.networks.getRegionEffectiveFirewalls",
    "compute.networks.list",
    "compute.networks.listPeeringRoutes",
    "compute.routers.list",
    "compute.routes.list",
    "compute.securityPolicies.list",
    "compute.serviceAttachments.list",
    "compute.sslCertificates.list",
    "compute.subnetworks.list",
    "compute.targetHttpsProxies.list",
    "compute.urlMaps.list",
    "dns.managedZones.list",
    "dns.resourceRecordSets.list",
    "memcache.instances.list",
    "memorystore.instances.list",
    "redis.clusters.list",
    "redis.instances.list",
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "run.jobs.list",
    "run.locations.list",
    "run.revisions.list",
    "run.services.getIamPolicy",
    "run.services.list",
    "secretmanager.secrets.getIamPolicy",
    "secretmanager.secrets.list",
    "secretmanager.versions.list",
    "servicenetworking.services.get",
    "serviceusage.services.list",
    "vpcaccess.connectors.list",
    # With --read-secrets, which compares values in memory and shows none:
    # "redis.instances.getAuthString",
    # "secretmanager.versions.access",
  ]
}

resource "google_project_iam_member" "plumbline" {
  project = var.project
  role    = google_project_iam_custom_role.plumbline.id
  member  = google_service_account.plumbline.member
}

resource "google_cloud_run_v2_job" "plumbline" {
  project  = var.project
  location = var.region
  name     = "plumbline"
  template {
    template {
      service_account = google_service_account.plumbline.email
      timeout         = "900s"
      # A status of 2 is an answer; the same question again would get the same one.
      max_retries = 0
      containers {
        image = var.image
        args  = ["audit", "-b", "/etc/plumbline", "--no-probe", "--deadline", "10m", "-o", "ndjson"]
      }
    }
  }
}

resource "google_service_account" "scheduler" {
  project    = var.project
  account_id = "plumbline-scheduler"
}

resource "google_cloud_run_v2_job_iam_member" "scheduler" {
  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.plumbline.name
  role     = "roles/run.invoker"
  member   = google_service_account.scheduler.member
}

resource "google_cloud_scheduler_job" "plumbline" {
  project  = var.project
  region   = var.region
  name     = "plumbline"
  schedule = "7 * * * *"
  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.plumbline.id}:run"
    oauth_token {
      service_account_email = google_service_account.scheduler.email
    }
  }
}
