/* rows_sql.c - Cloud SQL: instances, databases, users. Data only.
 *
 * `describe` answers in the API's own names. Options for database flags and authorised networks replace the whole list, so they name all
 * of it: https://cloud.google.com/sdk/gcloud/reference/sql/instances/patch
 */
#include "remedy_priv.h"

#define IP      "settings.ipConfiguration"
#define LIVE    "takes effect without a restart"
#define RESTART "restarts the instance: all connections drop, for minutes at worst"

static const struct pl_remedy_row instance[] = {
    {.path = "settings.activationPolicy",
     .set = "--activation-policy={|}",
     .unset = "--activation-policy=ALWAYS",
     .risk =
         "starts or stops the instance: starting takes minutes; stopping cuts every connection"},
    {.path = "settings.tier",
     .set = "--tier={|}",
     .risk = RESTART "; max_connections follows the memory where no flag sets it"},
    {.path = "settings.edition",
     .set = "--edition={|=ENTERPRISE:enterprise,ENTERPRISE_PLUS:enterprise-plus}",
     .risk = RESTART "; not every tier exists in both editions"},
    {.path = "settings.availabilityType",
     .set = "--availability-type={|}",
     .risk = RESTART "; two zones cost twice as much"},
    {.path = "databaseVersion",
     .set = "--database-version={|}",
     .risk = "a major upgrade: minutes of downtime, and no way back but a backup; a version is "
             "never lowered"},
    {.path = IP ".sslMode",
     .set = "--ssl-mode={|}",
     .risk = LIVE "; clients that connect in another TLS mode are refused from then on"},
    {.path = IP ".requireSsl",
     .set = "--{|?require-ssl/no-require-ssl}",
     .unset = "--no-require-ssl",
     .risk = LIVE "; clients without a trusted certificate are refused; sslMode counts before it"},
    {.path = IP ".ipv4Enabled",
     .set = "--{|?assign-ip/no-assign-ip}",
     .terraform = IP ".ipv4_enabled",
     .risk = "adds or removes the public address; a removed address does not come back, and who "
             "connects by it is cut off"},
    {.path = IP ".privateNetwork",
     .set = "--network={|link}",
     .risk = RESTART "; private IP cannot be taken away again, and the network needs its private "
                     "services access first",
     .instead = "private IP cannot be taken away from an instance: it would have to be created "
                "again, with its data"},
    {.path = IP ".authorizedNetworks...",
     .set = "--authorized-networks={|networks}",
     .unset = "--clear-authorized-networks",
     .shows = IP ".authorizedNetworks[].value",
     .says = "{|shown}, in any order",
     .risk = LIVE "; replaces the whole list: what it does not name can no longer connect, and "
                  "names of entries are lost"},
    {.path = IP ".pscConfig.pscEnabled",
     .set = "--{|?enable-private-service-connect/no-enable-private-service-connect}",
     .risk = "may restart the instance: all connections drop; endpoints of consumers stop or begin "
             "to work with it"},
    {.path = IP ".pscConfig.allowedConsumerProjects...",
     .set = "--allowed-psc-projects={|list}",
     .unset = "--clear-allowed-psc-projects",
     .risk = LIVE "; replaces the whole list: endpoints of projects that it does not name are cut"},
    {.path = IP ".enablePrivatePathForGoogleCloudServices",
     .set = "--{|?enable-google-private-path/no-enable-google-private-path}",
     .unset = "--no-enable-google-private-path",
     .risk = LIVE},
    {.path = IP ".serverCaMode",
     .risk = "a new certificate authority: clients that trust the old one are refused",
     .instead = "gcloud sets the mode of the certificate authority only when an instance is made: "
                "change it in the console or in Terraform, and give clients the new certificates"},
    {.path = IP ".customSubjectAlternativeNames...",
     .set = "--custom-subject-alternative-names={|list}",
     .unset = "--clear-custom-subject-alternative-names",
     .risk = "a new server certificate; replaces the whole list of names"},
    {.path = "settings.connectorEnforcement",
     .set = "--connector-enforcement={|}",
     .unset = "--connector-enforcement=NOT_REQUIRED",
     .risk =
         LIVE "; where it is REQUIRED, only connections through a connector or proxy are let in"},
    {.path = "settings.connectionPoolConfig.connectionPoolingEnabled",
     .set = "gcloud beta sql instances patch {name} --project={project} "
            "--{|?enable-connection-pooling/no-enable-connection-pooling}",
     .unset = "gcloud beta sql instances patch {name} --project={project} "
              "--no-enable-connection-pooling",
     .risk = RESTART "; the pooler listens on a port of its own"},
    {.path = "settings.databaseFlags...",
     .set = "--database-flags={|pairs}",
     .unset = "--clear-database-flags",
     .shows = "settings.databaseFlags",
     .says = "these flags: {|pairs}",
     .risk = "replaces all flags, so all are named; some restart the instance at once "
             "(max_connections does): all connections drop, for minutes at worst"},
    {.path = "settings.backupConfiguration.enabled",
     .unset = "--no-backup",
     .risk = LIVE,
     .instead = "gcloud turns backups on with their hour: `gcloud sql instances patch "
                "--backup-start-time=HH:MM`"},
    {.path = "settings.backupConfiguration.pointInTimeRecoveryEnabled",
     .set = "--{|?enable-point-in-time-recovery/no-enable-point-in-time-recovery}",
     .unset = "--no-enable-point-in-time-recovery",
     .risk = RESTART "; turned off, the logs for it are deleted"},
    {.path = "settings.deletionProtectionEnabled",
     .set = "--{|?deletion-protection/no-deletion-protection}",
     .unset = "--no-deletion-protection",
     .risk = LIVE},
    {.path = "settings.dataDiskSizeGb",
     .set = "--storage-size={|}GB",
     .terraform = "settings.disk_size",
     .risk = LIVE "; a disk only grows: a smaller size is refused"},
    {.path = "settings.storageAutoResize",
     .set = "--{|?storage-auto-increase/no-storage-auto-increase}",
     .unset = "--storage-auto-increase",
     .terraform = "settings.disk_autoresize",
     .risk = LIVE},
    {.path = "settings.userLabels.*",
     .set = "gcloud beta sql instances patch {name} --project={project} --update-labels={|keyed}",
     .unset = "gcloud beta sql instances patch {name} --project={project} --remove-labels={keys}",
     .terraform = "settings.user_labels",
     .risk = LIVE},
    {.path = "instanceType",
     .risk = "cannot be undone: a promoted replica no longer follows its primary",
     .instead = "a replica becomes an instance of its own with `gcloud sql instances "
                "promote-replica`, and never one again"},
    {.path = "region",
     .risk = "the data has to be moved to an instance that is made anew",
     .terraform = "region",
     .instead = "an instance stays in its region: make one there and move the data (a backup, or "
                "the Database Migration Service)"},
};

static const struct pl_remedy_row database[] = {
    {.path = "charset",
     .risk = "the data has to be dumped and loaded again",
     .instead = "gcloud sets the character set only when a database is made"},
    {.path = "collation",
     .risk = "the data has to be dumped and loaded again",
     .instead = "gcloud sets the collation only when a database is made"},
};

static const struct pl_remedy_row user[] = {
    {.path = "databaseRoles...",
     .risk = "what the user may do changes at once",
     .instead = "roles inside the database are granted with SQL (GRANT ROLE TO USER)"},
    {.path = "type",
     .risk = "objects that the user owns have to change hands first",
     .instead = "a user's type is fixed: delete and create it, or add another user"},
};

static const struct pl_remedy_kind kinds[] = {
    {.kind = "sql.instance",
     .order = 50,
     .update = "gcloud sql instances patch {name} --project={project}",
     .look = "gcloud sql instances describe {name} --project={project}",
     .create = "gcloud sql instances create {name} --project={project} "
               "--database-version={.databaseVersion|} --region={.region|} --tier={.settings.tier|}"
               "[ --availability-type={.settings.availabilityType|}]"
               "[ --{." IP ".ipv4Enabled|?assign-ip/no-assign-ip}]"
               "[ --network={." IP ".privateNetwork|link}]"
               "[ --ssl-mode={." IP ".sslMode|}]"
               "[ --server-ca-mode={." IP ".serverCaMode|}]"
               "[ --authorized-networks={." IP ".authorizedNetworks|networks}]"
               "[ --{." IP ".pscConfig.pscEnabled|?enable-private-service-connect/"
               "no-enable-private-service-connect}]"
               "[ --allowed-psc-projects={." IP ".pscConfig.allowedConsumerProjects|list}]"
               "[ --connector-enforcement={.settings.connectorEnforcement|}]"
               "[ --database-flags={.settings.databaseFlags|pairs}]"
               "[ --activation-policy={.settings.activationPolicy|}]",
     .remove = "gcloud sql instances delete {name} --project={project}",
     .create_risk = "an empty instance with new addresses: its databases, users and data have to "
                    "be restored; its old name may be refused for a week",
     .create_instead = "the baseline does not say version, region and tier, without which gcloud "
                       "would choose: restore it from a backup, or say them",
     .remove_risk = "all its data is gone; its name cannot be used again for a week: make a backup "
                    "first",
     .terraform = "google_sql_database_instance",
     PL_REMEDY_ROWS(instance),
     .source = "https://cloud.google.com/sdk/gcloud/reference/sql/instances/patch "
               "https://cloud.google.com/sql/docs/postgres/instance-settings "
               "https://cloud.google.com/sql/docs/postgres/flags"},
    {.kind = "sql.database",
     .order = 54,
     .look = "gcloud sql databases describe {name} --instance={parent} --project={project}",
     .create = "gcloud sql databases create {name} --instance={parent} --project={project}"
               "[ --charset={.charset|}][ --collation={.collation|}]",
     .remove = "gcloud sql databases delete {name} --instance={parent} --project={project}",
     .create_risk = "an empty database: its tables have to be restored",
     .remove_risk = "all its tables are gone: make a backup first",
     .terraform = "google_sql_database",
     PL_REMEDY_ROWS(database),
     .source = "https://cloud.google.com/sdk/gcloud/reference/sql/databases/create"},
    {.kind = "sql.user",
     .order = 56,
     .look = "gcloud sql users describe {name} --instance={parent} --project={project}",
     .create = "gcloud sql users create {name} --instance={parent} --project={project}"
               "[ --type={.type|=CLOUD_IAM_USER:cloud_iam_user,"
               "CLOUD_IAM_SERVICE_ACCOUNT:cloud_iam_service_account,"
               "CLOUD_IAM_GROUP:cloud_iam_group,BUILT_IN:built_in}][ --host={.host|}]",
     .remove = "gcloud sql users delete {name} --instance={parent} --project={project}",
     .create_risk = "a built-in user has no password then: set it with `gcloud sql users "
                    "set-password --prompt-for-password`; what it may do has to be granted again",
     .remove_risk = "who signs in as this user is refused; objects that it owns stand in the way",
     .terraform = "google_sql_user",
     PL_REMEDY_ROWS(user),
     .source = "https://cloud.google.com/sdk/gcloud/reference/sql/users/create"},
};

const struct pl_remedy_family pl_remedy_sql = {kinds, PL_LEN(kinds)};
