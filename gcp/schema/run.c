/* Made by gcp/schema/generate.c (make schema) from Google's document of run v2, revision 20260403. Not to be edited. */
#include "schema/schemas.h"

#include <stddef.h>

static const struct pl_schema m_GoogleCloudRunV2BinaryAuthorization;
static const struct pl_schema m_GoogleCloudRunV2Condition;
static const struct pl_schema m_GoogleCloudRunV2ExecutionReference;
static const struct pl_schema m_GoogleCloudRunV2ExecutionTemplate;
static const struct pl_schema m_GoogleCloudRunV2Container;
static const struct pl_schema m_GoogleCloudRunV2NodeSelector;
static const struct pl_schema m_GoogleCloudRunV2RevisionScaling;
static const struct pl_schema m_GoogleCloudRunV2RevisionScalingStatus;
static const struct pl_schema m_GoogleCloudRunV2ServiceMesh;
static const struct pl_schema m_GoogleCloudRunV2Volume;
static const struct pl_schema m_GoogleCloudRunV2VpcAccess;
static const struct pl_schema m_GoogleCloudRunV2BuildConfig;
static const struct pl_schema m_GoogleCloudRunV2MultiRegionSettings;
static const struct pl_schema m_GoogleCloudRunV2ServiceScaling;
static const struct pl_schema m_GoogleCloudRunV2RevisionTemplate;
static const struct pl_schema m_GoogleCloudRunV2TrafficTarget;
static const struct pl_schema m_GoogleCloudRunV2TrafficTargetStatus;
static const struct pl_schema m_GoogleCloudRunV2TaskTemplate;
static const struct pl_schema m_GoogleCloudRunV2BuildInfo;
static const struct pl_schema m_GoogleCloudRunV2EnvVar;
static const struct pl_schema m_GoogleCloudRunV2Probe;
static const struct pl_schema m_GoogleCloudRunV2ContainerPort;
static const struct pl_schema m_GoogleCloudRunV2ResourceRequirements;
static const struct pl_schema m_GoogleCloudRunV2SourceCode;
static const struct pl_schema m_GoogleCloudRunV2VolumeMount;
static const struct pl_schema m_GoogleCloudRunV2CloudSqlInstance;
static const struct pl_schema m_GoogleCloudRunV2EmptyDirVolumeSource;
static const struct pl_schema m_GoogleCloudRunV2GCSVolumeSource;
static const struct pl_schema m_GoogleCloudRunV2NFSVolumeSource;
static const struct pl_schema m_GoogleCloudRunV2SecretVolumeSource;
static const struct pl_schema m_GoogleCloudRunV2NetworkInterface;
static const struct pl_schema m_GoogleCloudRunV2EnvVarSource;
static const struct pl_schema m_GoogleCloudRunV2GRPCAction;
static const struct pl_schema m_GoogleCloudRunV2HTTPGetAction;
static const struct pl_schema m_GoogleCloudRunV2TCPSocketAction;
static const struct pl_schema m_GoogleCloudRunV2CloudStorageSource;
static const struct pl_schema m_GoogleCloudRunV2InlinedSource;
static const struct pl_schema m_GoogleCloudRunV2VersionToPath;
static const struct pl_schema m_GoogleCloudRunV2SecretKeySelector;
static const struct pl_schema m_GoogleCloudRunV2HTTPHeader;
static const struct pl_schema m_GoogleCloudRunV2SourceFile;

static const char *const e_GoogleCloudRunV2Job_launchStage[] = {
    "LAUNCH_STAGE_UNSPECIFIED",
    "UNIMPLEMENTED",
    "PRELAUNCH",
    "EARLY_ACCESS",
    "ALPHA",
    "BETA",
    "GA",
    "DEPRECATED",
    NULL,
};
static const char *const e_GoogleCloudRunV2Revision_encryptionKeyRevocationAction[] = {
    "ENCRYPTION_KEY_REVOCATION_ACTION_UNSPECIFIED",
    "PREVENT_NEW",
    "SHUTDOWN",
    NULL,
};
static const char *const e_GoogleCloudRunV2Revision_executionEnvironment[] = {
    "EXECUTION_ENVIRONMENT_UNSPECIFIED",
    "EXECUTION_ENVIRONMENT_GEN1",
    "EXECUTION_ENVIRONMENT_GEN2",
    NULL,
};
static const char *const e_GoogleCloudRunV2Service_ingress[] = {
    "INGRESS_TRAFFIC_UNSPECIFIED",
    "INGRESS_TRAFFIC_ALL",
    "INGRESS_TRAFFIC_INTERNAL_ONLY",
    "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER",
    "INGRESS_TRAFFIC_NONE",
    NULL,
};
static const char *const e_GoogleCloudRunV2Condition_executionReason[] = {
    "EXECUTION_REASON_UNDEFINED",
    "JOB_STATUS_SERVICE_POLLING_ERROR",
    "NON_ZERO_EXIT_CODE",
    "CANCELLED",
    "CANCELLING",
    "DELETED",
    "DELAYED_START_PENDING",
    NULL,
};
static const char *const e_GoogleCloudRunV2Condition_reason[] = {
    "COMMON_REASON_UNDEFINED",
    "UNKNOWN",
    "REVISION_FAILED",
    "PROGRESS_DEADLINE_EXCEEDED",
    "CONTAINER_MISSING",
    "CONTAINER_PERMISSION_DENIED",
    "CONTAINER_IMAGE_UNAUTHORIZED",
    "CONTAINER_IMAGE_AUTHORIZATION_CHECK_FAILED",
    "ENCRYPTION_KEY_PERMISSION_DENIED",
    "ENCRYPTION_KEY_CHECK_FAILED",
    "SECRETS_ACCESS_CHECK_FAILED",
    "WAITING_FOR_OPERATION",
    "IMMEDIATE_RETRY",
    "POSTPONED_RETRY",
    "INTERNAL",
    "VPC_NETWORK_NOT_FOUND",
    NULL,
};
static const char *const e_GoogleCloudRunV2Condition_revisionReason[] = {
    "REVISION_REASON_UNDEFINED",
    "PENDING",
    "RESERVE",
    "RETIRED",
    "RETIRING",
    "RECREATING",
    "HEALTH_CHECK_CONTAINER_ERROR",
    "CUSTOMIZED_PATH_RESPONSE_PENDING",
    "MIN_INSTANCES_NOT_PROVISIONED",
    "ACTIVE_REVISION_LIMIT_REACHED",
    "NO_DEPLOYMENT",
    "HEALTH_CHECK_SKIPPED",
    "MIN_INSTANCES_WARMING",
    NULL,
};
static const char *const e_GoogleCloudRunV2Condition_severity[] = {
    "SEVERITY_UNSPECIFIED",
    "ERROR",
    "WARNING",
    "INFO",
    NULL,
};
static const char *const e_GoogleCloudRunV2Condition_state[] = {
    "STATE_UNSPECIFIED",
    "CONDITION_PENDING",
    "CONDITION_RECONCILING",
    "CONDITION_FAILED",
    "CONDITION_SUCCEEDED",
    NULL,
};
static const char *const e_GoogleCloudRunV2ExecutionReference_completionStatus[] = {
    "COMPLETION_STATUS_UNSPECIFIED",
    "EXECUTION_SUCCEEDED",
    "EXECUTION_FAILED",
    "EXECUTION_RUNNING",
    "EXECUTION_PENDING",
    "EXECUTION_CANCELLED",
    NULL,
};
static const char *const e_GoogleCloudRunV2VpcAccess_egress[] = {
    "VPC_EGRESS_UNSPECIFIED",
    "ALL_TRAFFIC",
    "PRIVATE_RANGES_ONLY",
    NULL,
};
static const char *const e_GoogleCloudRunV2ServiceScaling_scalingMode[] = {
    "SCALING_MODE_UNSPECIFIED",
    "AUTOMATIC",
    "MANUAL",
    NULL,
};
static const char *const e_GoogleCloudRunV2TrafficTarget_type[] = {
    "TRAFFIC_TARGET_ALLOCATION_TYPE_UNSPECIFIED",
    "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST",
    "TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION",
    NULL,
};
static const char *const e_GoogleCloudRunV2EmptyDirVolumeSource_medium[] = {
    "MEDIUM_UNSPECIFIED",
    "MEMORY",
    "DISK",
    NULL,
};

static const struct pl_schema_field f_GoogleCloudRunV2Job[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"binaryAuthorization", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2BinaryAuthorization, NULL},
    {"client", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"conditions", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Condition, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"creator", PL_T_STRING, PL_ONE, NULL, NULL},
    {"deleteTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"executionCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"expireTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"generation", PL_T_INT64, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"lastModifier", PL_T_STRING, PL_ONE, NULL, NULL},
    {"latestCreatedExecution", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2ExecutionReference, NULL},
    {"launchStage", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Job_launchStage},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"observedGeneration", PL_T_INT64, PL_ONE, NULL, NULL},
    {"reconciling", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"runExecutionToken", PL_T_STRING, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"startExecutionToken", PL_T_STRING, PL_ONE, NULL, NULL},
    {"template", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2ExecutionTemplate, NULL},
    {"terminalCondition", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2Condition, NULL},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
};
const struct pl_schema pl_schema_run_Job = {"GoogleCloudRunV2Job", f_GoogleCloudRunV2Job, 26};

static const struct pl_schema_field f_GoogleCloudRunV2Revision[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"client", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"conditions", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Condition, NULL},
    {"containers", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Container, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"creator", PL_T_STRING, PL_ONE, NULL, NULL},
    {"deleteTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"encryptionKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"encryptionKeyRevocationAction", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Revision_encryptionKeyRevocationAction},
    {"encryptionKeyShutdownDuration", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"executionEnvironment", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Revision_executionEnvironment},
    {"expireTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"generation", PL_T_INT64, PL_ONE, NULL, NULL},
    {"gpuZonalRedundancyDisabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"launchStage", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Job_launchStage},
    {"logUri", PL_T_STRING, PL_ONE, NULL, NULL},
    {"maxInstanceRequestConcurrency", PL_T_INT, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nodeSelector", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2NodeSelector, NULL},
    {"observedGeneration", PL_T_INT64, PL_ONE, NULL, NULL},
    {"reconciling", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"scaling", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2RevisionScaling, NULL},
    {"scalingStatus", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2RevisionScalingStatus, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceAccount", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceMesh", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2ServiceMesh, NULL},
    {"sessionAffinity", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"timeout", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"volumes", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Volume, NULL},
    {"vpcAccess", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2VpcAccess, NULL},
};
const struct pl_schema pl_schema_run_Revision = {"GoogleCloudRunV2Revision", f_GoogleCloudRunV2Revision, 36};

static const struct pl_schema_field f_GoogleCloudRunV2Service[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"binaryAuthorization", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2BinaryAuthorization, NULL},
    {"buildConfig", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2BuildConfig, NULL},
    {"client", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"conditions", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Condition, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"creator", PL_T_STRING, PL_ONE, NULL, NULL},
    {"customAudiences", PL_T_STRING, PL_MANY, NULL, NULL},
    {"defaultUriDisabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"deleteTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"description", PL_T_STRING, PL_ONE, NULL, NULL},
    {"etag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"expireTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"generation", PL_T_INT64, PL_ONE, NULL, NULL},
    {"iapEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"ingress", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Service_ingress},
    {"invokerIamDisabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"lastModifier", PL_T_STRING, PL_ONE, NULL, NULL},
    {"latestCreatedRevision", PL_T_STRING, PL_ONE, NULL, NULL},
    {"latestReadyRevision", PL_T_STRING, PL_ONE, NULL, NULL},
    {"launchStage", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Job_launchStage},
    {"multiRegionSettings", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2MultiRegionSettings, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"observedGeneration", PL_T_INT64, PL_ONE, NULL, NULL},
    {"reconciling", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"satisfiesPzs", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"scaling", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2ServiceScaling, NULL},
    {"template", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2RevisionTemplate, NULL},
    {"terminalCondition", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2Condition, NULL},
    {"threatDetectionEnabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"traffic", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2TrafficTarget, NULL},
    {"trafficStatuses", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2TrafficTargetStatus, NULL},
    {"uid", PL_T_STRING, PL_ONE, NULL, NULL},
    {"updateTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"uri", PL_T_STRING, PL_ONE, NULL, NULL},
    {"urls", PL_T_STRING, PL_MANY, NULL, NULL},
};
const struct pl_schema pl_schema_run_Service = {"GoogleCloudRunV2Service", f_GoogleCloudRunV2Service, 38};

static const struct pl_schema_field f_GoogleCloudRunV2BinaryAuthorization[] = {
    {"breakglassJustification", PL_T_STRING, PL_ONE, NULL, NULL},
    {"policy", PL_T_STRING, PL_ONE, NULL, NULL},
    {"useDefault", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2BinaryAuthorization = {"GoogleCloudRunV2BinaryAuthorization", f_GoogleCloudRunV2BinaryAuthorization, 3};

static const struct pl_schema_field f_GoogleCloudRunV2Condition[] = {
    {"executionReason", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Condition_executionReason},
    {"lastTransitionTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"message", PL_T_STRING, PL_ONE, NULL, NULL},
    {"reason", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Condition_reason},
    {"revisionReason", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Condition_revisionReason},
    {"severity", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Condition_severity},
    {"state", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Condition_state},
    {"type", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2Condition = {"GoogleCloudRunV2Condition", f_GoogleCloudRunV2Condition, 8};

static const struct pl_schema_field f_GoogleCloudRunV2ExecutionReference[] = {
    {"completionStatus", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2ExecutionReference_completionStatus},
    {"completionTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"createTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"deleteTime", PL_T_TIMESTAMP, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2ExecutionReference = {"GoogleCloudRunV2ExecutionReference", f_GoogleCloudRunV2ExecutionReference, 5};

static const struct pl_schema_field f_GoogleCloudRunV2ExecutionTemplate[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"client", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"parallelism", PL_T_INT, PL_ONE, NULL, NULL},
    {"taskCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"template", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2TaskTemplate, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2ExecutionTemplate = {"GoogleCloudRunV2ExecutionTemplate", f_GoogleCloudRunV2ExecutionTemplate, 7};

static const struct pl_schema_field f_GoogleCloudRunV2Container[] = {
    {"args", PL_T_STRING, PL_MANY, NULL, NULL},
    {"baseImageUri", PL_T_STRING, PL_ONE, NULL, NULL},
    {"buildInfo", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2BuildInfo, NULL},
    {"command", PL_T_STRING, PL_MANY, NULL, NULL},
    {"dependsOn", PL_T_STRING, PL_MANY, NULL, NULL},
    {"env", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2EnvVar, NULL},
    {"image", PL_T_STRING, PL_ONE, NULL, NULL},
    {"livenessProbe", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2Probe, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"ports", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2ContainerPort, NULL},
    {"readinessProbe", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2Probe, NULL},
    {"resources", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2ResourceRequirements, NULL},
    {"sourceCode", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2SourceCode, NULL},
    {"startupProbe", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2Probe, NULL},
    {"volumeMounts", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2VolumeMount, NULL},
    {"workingDir", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2Container = {"GoogleCloudRunV2Container", f_GoogleCloudRunV2Container, 16};

static const struct pl_schema_field f_GoogleCloudRunV2NodeSelector[] = {
    {"accelerator", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2NodeSelector = {"GoogleCloudRunV2NodeSelector", f_GoogleCloudRunV2NodeSelector, 1};

static const struct pl_schema_field f_GoogleCloudRunV2RevisionScaling[] = {
    {"concurrencyUtilization", PL_T_REAL, PL_ONE, NULL, NULL},
    {"cpuUtilization", PL_T_REAL, PL_ONE, NULL, NULL},
    {"maxInstanceCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"minInstanceCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2RevisionScaling = {"GoogleCloudRunV2RevisionScaling", f_GoogleCloudRunV2RevisionScaling, 4};

static const struct pl_schema_field f_GoogleCloudRunV2RevisionScalingStatus[] = {
    {"desiredMinInstanceCount", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2RevisionScalingStatus = {"GoogleCloudRunV2RevisionScalingStatus", f_GoogleCloudRunV2RevisionScalingStatus, 1};

static const struct pl_schema_field f_GoogleCloudRunV2ServiceMesh[] = {
    {"mesh", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2ServiceMesh = {"GoogleCloudRunV2ServiceMesh", f_GoogleCloudRunV2ServiceMesh, 1};

static const struct pl_schema_field f_GoogleCloudRunV2Volume[] = {
    {"cloudSqlInstance", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2CloudSqlInstance, NULL},
    {"emptyDir", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2EmptyDirVolumeSource, NULL},
    {"gcs", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2GCSVolumeSource, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"nfs", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2NFSVolumeSource, NULL},
    {"secret", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2SecretVolumeSource, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2Volume = {"GoogleCloudRunV2Volume", f_GoogleCloudRunV2Volume, 6};

static const struct pl_schema_field f_GoogleCloudRunV2VpcAccess[] = {
    {"connector", PL_T_STRING, PL_ONE, NULL, NULL},
    {"egress", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2VpcAccess_egress},
    {"networkInterfaces", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2NetworkInterface, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2VpcAccess = {"GoogleCloudRunV2VpcAccess", f_GoogleCloudRunV2VpcAccess, 3};

static const struct pl_schema_field f_GoogleCloudRunV2BuildConfig[] = {
    {"baseImage", PL_T_STRING, PL_ONE, NULL, NULL},
    {"enableAutomaticUpdates", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"environmentVariables", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"functionTarget", PL_T_STRING, PL_ONE, NULL, NULL},
    {"imageUri", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceAccount", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceLocation", PL_T_STRING, PL_ONE, NULL, NULL},
    {"workerPool", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2BuildConfig = {"GoogleCloudRunV2BuildConfig", f_GoogleCloudRunV2BuildConfig, 9};

static const struct pl_schema_field f_GoogleCloudRunV2MultiRegionSettings[] = {
    {"multiRegionId", PL_T_STRING, PL_ONE, NULL, NULL},
    {"regions", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2MultiRegionSettings = {"GoogleCloudRunV2MultiRegionSettings", f_GoogleCloudRunV2MultiRegionSettings, 2};

static const struct pl_schema_field f_GoogleCloudRunV2ServiceScaling[] = {
    {"manualInstanceCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"maxInstanceCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"minInstanceCount", PL_T_INT, PL_ONE, NULL, NULL},
    {"scalingMode", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2ServiceScaling_scalingMode},
};
static const struct pl_schema m_GoogleCloudRunV2ServiceScaling = {"GoogleCloudRunV2ServiceScaling", f_GoogleCloudRunV2ServiceScaling, 4};

static const struct pl_schema_field f_GoogleCloudRunV2RevisionTemplate[] = {
    {"annotations", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"client", PL_T_STRING, PL_ONE, NULL, NULL},
    {"clientVersion", PL_T_STRING, PL_ONE, NULL, NULL},
    {"containers", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Container, NULL},
    {"encryptionKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"encryptionKeyRevocationAction", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Revision_encryptionKeyRevocationAction},
    {"encryptionKeyShutdownDuration", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"executionEnvironment", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Revision_executionEnvironment},
    {"gpuZonalRedundancyDisabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"healthCheckDisabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"labels", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"maxInstanceRequestConcurrency", PL_T_INT, PL_ONE, NULL, NULL},
    {"nodeSelector", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2NodeSelector, NULL},
    {"revision", PL_T_STRING, PL_ONE, NULL, NULL},
    {"scaling", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2RevisionScaling, NULL},
    {"serviceAccount", PL_T_STRING, PL_ONE, NULL, NULL},
    {"serviceMesh", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2ServiceMesh, NULL},
    {"sessionAffinity", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"timeout", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"volumes", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Volume, NULL},
    {"vpcAccess", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2VpcAccess, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2RevisionTemplate = {"GoogleCloudRunV2RevisionTemplate", f_GoogleCloudRunV2RevisionTemplate, 21};

static const struct pl_schema_field f_GoogleCloudRunV2TrafficTarget[] = {
    {"percent", PL_T_INT, PL_ONE, NULL, NULL},
    {"revision", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2TrafficTarget_type},
};
static const struct pl_schema m_GoogleCloudRunV2TrafficTarget = {"GoogleCloudRunV2TrafficTarget", f_GoogleCloudRunV2TrafficTarget, 4};

static const struct pl_schema_field f_GoogleCloudRunV2TrafficTargetStatus[] = {
    {"percent", PL_T_INT, PL_ONE, NULL, NULL},
    {"revision", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tag", PL_T_STRING, PL_ONE, NULL, NULL},
    {"type", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2TrafficTarget_type},
    {"uri", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2TrafficTargetStatus = {"GoogleCloudRunV2TrafficTargetStatus", f_GoogleCloudRunV2TrafficTargetStatus, 5};

static const struct pl_schema_field f_GoogleCloudRunV2TaskTemplate[] = {
    {"containers", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Container, NULL},
    {"encryptionKey", PL_T_STRING, PL_ONE, NULL, NULL},
    {"executionEnvironment", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2Revision_executionEnvironment},
    {"gpuZonalRedundancyDisabled", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"maxRetries", PL_T_INT, PL_ONE, NULL, NULL},
    {"nodeSelector", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2NodeSelector, NULL},
    {"serviceAccount", PL_T_STRING, PL_ONE, NULL, NULL},
    {"timeout", PL_T_DURATION, PL_ONE, NULL, NULL},
    {"volumes", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2Volume, NULL},
    {"vpcAccess", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2VpcAccess, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2TaskTemplate = {"GoogleCloudRunV2TaskTemplate", f_GoogleCloudRunV2TaskTemplate, 10};

static const struct pl_schema_field f_GoogleCloudRunV2BuildInfo[] = {
    {"functionTarget", PL_T_STRING, PL_ONE, NULL, NULL},
    {"sourceLocation", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2BuildInfo = {"GoogleCloudRunV2BuildInfo", f_GoogleCloudRunV2BuildInfo, 2};

static const struct pl_schema_field f_GoogleCloudRunV2EnvVar[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
    {"valueSource", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2EnvVarSource, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2EnvVar = {"GoogleCloudRunV2EnvVar", f_GoogleCloudRunV2EnvVar, 3};

static const struct pl_schema_field f_GoogleCloudRunV2Probe[] = {
    {"failureThreshold", PL_T_INT, PL_ONE, NULL, NULL},
    {"grpc", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2GRPCAction, NULL},
    {"httpGet", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2HTTPGetAction, NULL},
    {"initialDelaySeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"periodSeconds", PL_T_INT, PL_ONE, NULL, NULL},
    {"tcpSocket", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2TCPSocketAction, NULL},
    {"timeoutSeconds", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2Probe = {"GoogleCloudRunV2Probe", f_GoogleCloudRunV2Probe, 7};

static const struct pl_schema_field f_GoogleCloudRunV2ContainerPort[] = {
    {"containerPort", PL_T_INT, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2ContainerPort = {"GoogleCloudRunV2ContainerPort", f_GoogleCloudRunV2ContainerPort, 2};

static const struct pl_schema_field f_GoogleCloudRunV2ResourceRequirements[] = {
    {"cpuIdle", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"limits", PL_T_STRING, PL_KEYED, NULL, NULL},
    {"startupCpuBoost", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2ResourceRequirements = {"GoogleCloudRunV2ResourceRequirements", f_GoogleCloudRunV2ResourceRequirements, 3};

static const struct pl_schema_field f_GoogleCloudRunV2SourceCode[] = {
    {"cloudStorageSource", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2CloudStorageSource, NULL},
    {"inlinedSource", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2InlinedSource, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2SourceCode = {"GoogleCloudRunV2SourceCode", f_GoogleCloudRunV2SourceCode, 2};

static const struct pl_schema_field f_GoogleCloudRunV2VolumeMount[] = {
    {"mountPath", PL_T_STRING, PL_ONE, NULL, NULL},
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subPath", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2VolumeMount = {"GoogleCloudRunV2VolumeMount", f_GoogleCloudRunV2VolumeMount, 3};

static const struct pl_schema_field f_GoogleCloudRunV2CloudSqlInstance[] = {
    {"instances", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2CloudSqlInstance = {"GoogleCloudRunV2CloudSqlInstance", f_GoogleCloudRunV2CloudSqlInstance, 1};

static const struct pl_schema_field f_GoogleCloudRunV2EmptyDirVolumeSource[] = {
    {"medium", PL_T_ENUM, PL_ONE, NULL, e_GoogleCloudRunV2EmptyDirVolumeSource_medium},
    {"sizeLimit", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2EmptyDirVolumeSource = {"GoogleCloudRunV2EmptyDirVolumeSource", f_GoogleCloudRunV2EmptyDirVolumeSource, 2};

static const struct pl_schema_field f_GoogleCloudRunV2GCSVolumeSource[] = {
    {"bucket", PL_T_STRING, PL_ONE, NULL, NULL},
    {"mountOptions", PL_T_STRING, PL_MANY, NULL, NULL},
    {"readOnly", PL_T_BOOL, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2GCSVolumeSource = {"GoogleCloudRunV2GCSVolumeSource", f_GoogleCloudRunV2GCSVolumeSource, 3};

static const struct pl_schema_field f_GoogleCloudRunV2NFSVolumeSource[] = {
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
    {"readOnly", PL_T_BOOL, PL_ONE, NULL, NULL},
    {"server", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2NFSVolumeSource = {"GoogleCloudRunV2NFSVolumeSource", f_GoogleCloudRunV2NFSVolumeSource, 3};

static const struct pl_schema_field f_GoogleCloudRunV2SecretVolumeSource[] = {
    {"defaultMode", PL_T_INT, PL_ONE, NULL, NULL},
    {"items", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2VersionToPath, NULL},
    {"secret", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2SecretVolumeSource = {"GoogleCloudRunV2SecretVolumeSource", f_GoogleCloudRunV2SecretVolumeSource, 3};

static const struct pl_schema_field f_GoogleCloudRunV2NetworkInterface[] = {
    {"network", PL_T_STRING, PL_ONE, NULL, NULL},
    {"subnetwork", PL_T_STRING, PL_ONE, NULL, NULL},
    {"tags", PL_T_STRING, PL_MANY, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2NetworkInterface = {"GoogleCloudRunV2NetworkInterface", f_GoogleCloudRunV2NetworkInterface, 3};

static const struct pl_schema_field f_GoogleCloudRunV2EnvVarSource[] = {
    {"secretKeyRef", PL_T_MESSAGE, PL_ONE, &m_GoogleCloudRunV2SecretKeySelector, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2EnvVarSource = {"GoogleCloudRunV2EnvVarSource", f_GoogleCloudRunV2EnvVarSource, 1};

static const struct pl_schema_field f_GoogleCloudRunV2GRPCAction[] = {
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
    {"service", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2GRPCAction = {"GoogleCloudRunV2GRPCAction", f_GoogleCloudRunV2GRPCAction, 2};

static const struct pl_schema_field f_GoogleCloudRunV2HTTPGetAction[] = {
    {"httpHeaders", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2HTTPHeader, NULL},
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2HTTPGetAction = {"GoogleCloudRunV2HTTPGetAction", f_GoogleCloudRunV2HTTPGetAction, 3};

static const struct pl_schema_field f_GoogleCloudRunV2TCPSocketAction[] = {
    {"port", PL_T_INT, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2TCPSocketAction = {"GoogleCloudRunV2TCPSocketAction", f_GoogleCloudRunV2TCPSocketAction, 1};

static const struct pl_schema_field f_GoogleCloudRunV2CloudStorageSource[] = {
    {"bucket", PL_T_STRING, PL_ONE, NULL, NULL},
    {"generation", PL_T_INT64, PL_ONE, NULL, NULL},
    {"object", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2CloudStorageSource = {"GoogleCloudRunV2CloudStorageSource", f_GoogleCloudRunV2CloudStorageSource, 3};

static const struct pl_schema_field f_GoogleCloudRunV2InlinedSource[] = {
    {"sources", PL_T_MESSAGE, PL_MANY, &m_GoogleCloudRunV2SourceFile, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2InlinedSource = {"GoogleCloudRunV2InlinedSource", f_GoogleCloudRunV2InlinedSource, 1};

static const struct pl_schema_field f_GoogleCloudRunV2VersionToPath[] = {
    {"mode", PL_T_INT, PL_ONE, NULL, NULL},
    {"path", PL_T_STRING, PL_ONE, NULL, NULL},
    {"version", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2VersionToPath = {"GoogleCloudRunV2VersionToPath", f_GoogleCloudRunV2VersionToPath, 3};

static const struct pl_schema_field f_GoogleCloudRunV2SecretKeySelector[] = {
    {"secret", PL_T_STRING, PL_ONE, NULL, NULL},
    {"version", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2SecretKeySelector = {"GoogleCloudRunV2SecretKeySelector", f_GoogleCloudRunV2SecretKeySelector, 2};

static const struct pl_schema_field f_GoogleCloudRunV2HTTPHeader[] = {
    {"name", PL_T_STRING, PL_ONE, NULL, NULL},
    {"value", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2HTTPHeader = {"GoogleCloudRunV2HTTPHeader", f_GoogleCloudRunV2HTTPHeader, 2};

static const struct pl_schema_field f_GoogleCloudRunV2SourceFile[] = {
    {"content", PL_T_STRING, PL_ONE, NULL, NULL},
    {"filename", PL_T_STRING, PL_ONE, NULL, NULL},
};
static const struct pl_schema m_GoogleCloudRunV2SourceFile = {"GoogleCloudRunV2SourceFile", f_GoogleCloudRunV2SourceFile, 2};
