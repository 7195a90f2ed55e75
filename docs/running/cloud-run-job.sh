#!/bin/sh
# What cloud-run-job.tf says, in gcloud commands: service account, smallest role, job, schedule.
#     PROJECT=acme-staging REGION=us-central1 IMAGE=... BASELINE=staging.yaml sh docs/running/cloud-run-job.sh
# The role is the one that this baseline needs: `plumbline doctor --role` writes it.
set -eu
: "${PROJECT:?}" "${REGION:?}" "${IMAGE:?}" "${BASELINE:?}"
reader=plumbline@$PROJECT.iam.gserviceaccount.com
scheduler=plumbline-scheduler@$PROJECT.iam.gserviceaccount.com
role=$(mktemp)
trap 'rm -f "$role"' EXIT

# 3: something is missing yet, which is why this is run.
plumbline doctor -b "$BASELINE" --project "$PROJECT" --role "$role" || test $? = 3
gcloud iam roles create plumblineReader "--project=$PROJECT" "--file=$role"
gcloud iam service-accounts create plumbline "--project=$PROJECT" "--display-name=plumbline: reads, and changes nothing"
gcloud projects add-iam-policy-binding "$PROJECT" "--member=serviceAccount:$reader" \
    "--role=projects/$PROJECT/roles/plumblineReader" --condition=None
gcloud run jobs create plumbline "--project=$PROJECT" "--region=$REGION" "--image=$IMAGE" "--service-account=$reader" \
    --task-timeout=900s --max-retries=0 --args=audit,-b,/etc/plumbline,--no-probe,--deadline,10m,-o,ndjson
gcloud iam service-accounts create plumbline-scheduler "--project=$PROJECT"
gcloud run jobs add-iam-policy-binding plumbline "--project=$PROJECT" "--region=$REGION" "--member=serviceAccount:$scheduler" --role=roles/run.invoker
gcloud scheduler jobs create http plumbline "--project=$PROJECT" "--location=$REGION" "--schedule=7 * * * *" --http-method=POST \
    "--uri=https://run.googleapis.com/v2/projects/$PROJECT/locations/$REGION/jobs/plumbline:run" "--oauth-service-account-email=$scheduler"
