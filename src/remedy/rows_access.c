/* rows_access.c - secrets and their versions, enabled APIs, the policy of a project. Data only. Members of policies: iam.c.
 */
#include "remedy_priv.h"

#define NEXT_START "counts for instances that start from now on: deploy again for those that run"

static const struct pl_remedy_row secret[] = {
    {.path = "labels.*",
     .set = "--update-labels={|keyed}",
     .unset = "--remove-labels={keys}",
     .risk = "none for readers"},
    {.path = "annotations.*",
     .set = "--update-annotations={|keyed}",
     .unset = "--remove-annotations={keys}",
     .risk = "none for readers"},
    {.path = "versionAliases.*",
     .set = "--update-version-aliases={|keyed}",
     .unset = "--remove-version-aliases={keys}",
     .risk = "readers by that alias get another version; " NEXT_START},
    {.path = "expireTime",
     .set = "--expire-time={|}",
     .unset = "--remove-expiration",
     .risk = "at that time the secret is deleted with all its versions"},
    {.path = "ttl", .set = "--ttl={|}", .risk = "then the secret is deleted with all its versions"},
    {.path = "replication...",
     .risk = "all versions have to be added again",
     .instead = "where a secret is kept is fixed: make another one, add its versions, move the "
                "readers"},
};

static const struct pl_remedy_row version[] = {
    {.path = "state",
     /* From one of two states to the other: what is destroyed can be neither. */
     .set =
         "gcloud secrets {|=ENABLED:versions,DISABLED:versions} "
         "{~state|=DISABLED:enable,ENABLED:disable} {name} --secret={parent} --project={project}",
     .terraform = "enabled",
     .risk = NEXT_START,
     .instead = "a destroyed version does not come back; where it is to serve, add its payload as "
                "a new one (`gcloud secrets versions add --data-file=FILE`)"},
    {.path = "payload...",
     .shows = "",
     .terraform = "",
     .risk = NEXT_START,
     .instead =
         "a version never changes, and its value does not stand here: add the right one from a "
         "file (`gcloud secrets versions add --data-file=FILE`) and use it"},
};

static const struct pl_remedy_row service[] = {
    {.path = "state",
     .set = "gcloud services {|=ENABLED:enable,DISABLED:disable} {name} --project={project}",
     .shows = "state",
     .risk = "takes minutes to be known everywhere; disabled, everything that the API made stops"},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "secret.secret",
     .order = 44,
     .update = "gcloud secrets update {name} --project={project}",
     .look = "gcloud secrets describe {name} --project={project}",
     .create = "gcloud secrets create {name} --project={project} "
               "--replication-policy={.replication.automatic|automatic} || "
               "gcloud secrets create {name} --project={project} --replication-policy=user-managed "
               "--locations={.replication.userManaged.replicas|locations} || "
               "gcloud secrets create {name} --project={project}",
     .remove = "gcloud secrets delete {name} --project={project}",
     .create_risk = "a new secret has no version: add one (gcloud secrets versions add), grant its "
                    "readers the role again, and deploy them again",
     .remove_risk = "all its versions are gone for good",
     .terraform = "google_secret_manager_secret",
     .terraform_member = "google_secret_manager_secret_iam_member",
     .policy = "secrets",
     .place = "{name} --project={project}",
     .conditional = true,
     PL_REMEDY_ROWS(secret),
     .source = "https://cloud.google.com/sdk/gcloud/reference/secrets/update "
               "https://cloud.google.com/secret-manager/docs/edit-secrets"},
    {.kind = "secret.version",
     .order = 46,
     .others_need_it = true,
     .look = "gcloud secrets versions describe {name} --secret={parent} --project={project}",
     .remove = "gcloud secrets versions destroy {name} --secret={parent} --project={project}",
     .create_risk = "gets the next free number, not this one; " NEXT_START,
     .create_instead = "add it from where its payload is kept: `gcloud secrets versions add SECRET "
                       "--data-file=FILE` (- is standard input); it gets the next free number",
     .remove_risk = "its payload is gone for good",
     .implied = "state",
     .terraform = "google_secret_manager_secret_version",
     PL_REMEDY_ROWS(version),
     .source = "https://cloud.google.com/sdk/gcloud/reference/secrets/versions"},
    {.kind = "project.service",
     .order = 0,
     .others_need_it = true,
     .look = "gcloud services list --enabled --filter=config.name={name} --project={project}",
     .create = "gcloud services enable {name} --project={project}",
     .remove = "gcloud services disable {name} --project={project}",
     .create_risk = "takes minutes to be known everywhere",
     .remove_risk =
         "everything that the API made in the project stops; refused while others need it",
     .implied = "state",
     .terraform = "google_project_service",
     PL_REMEDY_ROWS(service),
     .source = "https://cloud.google.com/sdk/gcloud/reference/services/enable "
               "https://cloud.google.com/service-usage/docs/enable-disable"},
    {.kind = "project.iamPolicy",
     .order = 4,
     .look = "gcloud projects get-iam-policy {name}",
     .create_risk = "takes minutes to be known everywhere",
     .create_instead = "a project always has a policy: this one could not be read",
     .terraform_member = "google_project_iam_member",
     .policy = "projects",
     .place = "{name}",
     .conditional = true,
     .source = "https://cloud.google.com/sdk/gcloud/reference/projects/add-iam-policy-binding "
               "https://cloud.google.com/iam/docs/access-change-propagation"},
};

const struct pl_remedy_family pl_remedy_access = {kinds, PL_LEN(kinds)};
