// collect_node.js - the same estate, read by a program that we did not write: Google's own Node client (npm package `googleapis`).
//
//   node collect_node.js MODULES ROOTS PASSES PROJECT...     PASSES times over; "cpu_ms wall_ms peak_kb resources" a pass
//   node collect_node.js MODULES ROOTS names PROJECT...      once; the full name of each resource that it saw, a line each
//
// MODULES is the folder that holds googleapis, ROOTS is JSON: {"run.googleapis.com": "https://localhost:18101/", ...}, because the client
// takes another root for an API, but no path in it. CLOUDSDK_AUTH_ACCESS_TOKEN is the token. All calls that do not wait for another's
// answer are in flight at once, on connections that are kept. The client knows no Memorystore for Valkey: that kind is left out.
'use strict';
const path = require('path');
const https = require('https');
const [, , modules, roots, what, ...projects] = process.argv;
const { google } = require(path.join(path.resolve(modules), 'googleapis'));

const auth = new google.auth.OAuth2();
auth.setCredentials({ access_token: process.env.CLOUDSDK_AUTH_ACCESS_TOKEN });
google.options({ auth, retry: false, agent: new https.Agent({ keepAlive: true, maxSockets: 100 }) });

const api = (name, version) => google[name]({ version, rootUrl: JSON.parse(roots)[`${name}.googleapis.com`] });
const compute = api('compute', 'v1');
const sql = api('sqladmin', 'v1');
const run = api('run', 'v2');
const run1 = api('run', 'v1');
const redis = api('redis', 'v1');
const memcache = api('memcache', 'v1');
const vpc = api('vpcaccess', 'v1');
const peering = api('servicenetworking', 'v1');
const usage = api('serviceusage', 'v1');
const manager = api('cloudresourcemanager', 'v3');
const dns = api('dns', 'v1');
const secrets = api('secretmanager', 'v1');

// Every page of a list; `take` finds the items of one.
async function pages(resource, method, params, take) {
  const all = [];
  for (let pageToken; ;) {
    const { data } = await resource[method](pageToken ? { ...params, pageToken } : params);
    all.push(...take(data));
    pageToken = data.nextPageToken;
    if (!pageToken) return all;
  }
}
const of = key => data => data[key] || [];
const scoped = key => data => Object.values(data.items || {}).flatMap(scope => scope[key] || []);
const last = name => name.slice(name.lastIndexOf('/') + 1);

const global = ['firewalls', 'networks', 'routes'];
const aggregated = ['addresses', 'backendServices', 'forwardingRules', 'instances', 'networkEndpointGroups', 'routers',
  'securityPolicies', 'serviceAttachments', 'sslCertificates', 'subnetworks', 'targetHttpsProxies', 'urlMaps'];

async function project(id, seen) {
  const add = (host, name, item) => seen.set(`//${host}/${name}`, item);
  const self = (host, items, key = 'name') => items.forEach(item => add(host, item[key], item));
  const link = items => items.forEach(item => add('compute.googleapis.com', item.selfLink.replace(/^.*?projects\//, 'projects/'), item));
  const number = manager.projects.get({ name: `projects/${id}` }).then(({ data }) => data.name);
  const jobs = [];
  const go = job => jobs.push(job());

  const big = { project: id, maxResults: 500, returnPartialSuccess: true };
  for (const name of global)
    go(async () => {
      const items = await pages(compute[name], 'list', big, of('items'));
      link(items);
      if (name === 'networks')
        await Promise.all(items.map(async n => {
          const { data } = await peering.services.connections.list({
            parent: 'services/servicenetworking.googleapis.com', network: `${await number}/global/networks/${n.name}` });
          for (const c of data.connections || []) add('servicenetworking.googleapis.com', `projects/${id}/global/networks/${n.name}`, c);
        }));
    });
  for (const name of aggregated) go(async () => link(await pages(compute[name], 'aggregatedList', big, scoped(name))));
  go(async () => link(await pages(compute.networkFirewallPolicies, 'aggregatedList', big, scoped('firewallPolicies'))));

  go(async () => {
    const instances = await pages(sql.instances, 'list', { project: id, maxResults: 1000 }, of('items'));
    for (const i of instances) add('sqladmin.googleapis.com', `projects/${id}/instances/${i.name}`, i);
    await Promise.all(instances.flatMap(i => ['databases', 'users'].map(async child => {
      const { data } = await sql[child].list({ project: id, instance: i.name });
      for (const c of data.items || [])
        add('sqladmin.googleapis.com', `projects/${id}/instances/${i.name}/${child}/${c.name}${c.host && c.host !== '%' ? '@' + c.host : ''}`, c);
    })));
  });
  go(async () => {
    const places = await pages(run1.projects.locations, 'list', { name: `projects/${id}`, pageSize: 1000 }, of('locations'));
    await Promise.all(places.flatMap(({ locationId }) => {
      const parent = `projects/${id}/locations/${locationId}`;
      return [
        pages(run.projects.locations.jobs, 'list', { parent, pageSize: 1000 }, of('jobs')).then(items => self('run.googleapis.com', items)),
        pages(run.projects.locations.services, 'list', { parent, pageSize: 1000 }, of('services')).then(async items => {
          self('run.googleapis.com', items);
          await Promise.all(items.map(async s => {
            s.iamPolicy = (await run.projects.locations.services.getIamPolicy({ resource: s.name, 'options.requestedPolicyVersion': 3 })).data;
          }));
        }),
        pages(run.projects.locations.services.revisions, 'list', { parent: `${parent}/services/-`, pageSize: 1000 }, of('revisions'))
          .then(items => self('run.googleapis.com', items)),
      ];
    }));
  });
  const anywhere = { parent: `projects/${id}/locations/-`, pageSize: 1000 };
  go(async () => self('redis.googleapis.com', await pages(redis.projects.locations.instances, 'list', anywhere, of('instances'))));
  go(async () => self('redis.googleapis.com', await pages(redis.projects.locations.clusters, 'list', anywhere, of('clusters'))));
  go(async () => self('memcache.googleapis.com', await pages(memcache.projects.locations.instances, 'list', anywhere, of('instances'))));
  go(async () => self('vpcaccess.googleapis.com', await pages(vpc.projects.locations.connectors, 'list', anywhere, of('connectors'))));
  go(async () => {
    const items = await pages(usage.services, 'list', { parent: `projects/${id}`, pageSize: 200, filter: 'state:ENABLED' }, of('services'));
    for (const s of items) add('serviceusage.googleapis.com', `projects/${id}/services/${last(s.name)}`, s);
  });
  go(async () => add('cloudresourcemanager.googleapis.com', `projects/${id}`, (await manager.projects.getIamPolicy({
    resource: `projects/${id}`, requestBody: { options: { requestedPolicyVersion: 3 } } })).data));
  go(async () => {
    const zones = await pages(dns.managedZones, 'list', { project: id, maxResults: 1000 }, of('managedZones'));
    for (const z of zones) add('dns.googleapis.com', `projects/${id}/managedZones/${z.name}`, z);
    await Promise.all(zones.map(async z => {
      for (const r of await pages(dns.resourceRecordSets, 'list', { project: id, managedZone: z.name, maxResults: 1000 }, of('rrsets')))
        add('dns.googleapis.com', `projects/${id}/managedZones/${z.name}/rrsets/${r.name}/${r.type}`, r);
    }));
  });
  go(async () => {
    const items = await pages(secrets.projects.secrets, 'list', { parent: `projects/${id}`, pageSize: 25000 }, of('secrets'));
    await Promise.all(items.flatMap(s => {
      const name = `projects/${id}/secrets/${last(s.name)}`;
      add('secretmanager.googleapis.com', name, s);
      return [
        secrets.projects.secrets.getIamPolicy({ resource: name, 'options.requestedPolicyVersion': 3 }).then(({ data }) => { s.iamPolicy = data; }),
        pages(secrets.projects.secrets.versions, 'list', { parent: name, pageSize: 25000 }, of('versions'))
          .then(versions => versions.forEach(v => add('secretmanager.googleapis.com', `${name}/versions/${last(v.name)}`, v))),
      ];
    }));
  });
  await Promise.all(jobs);
}

async function pass() {
  const seen = new Map();
  await Promise.all(projects.map(id => project(id, seen)));
  return seen;
}

async function main() {
  if (what === 'names') {
    for (const name of [...(await pass()).keys()].sort()) console.log(name);
    return;
  }
  let size = 0;
  for (let i = 0; i < Number(what); i++) {
    const cpu = process.cpuUsage(), start = process.hrtime.bigint();
    size = (await pass()).size;
    const { user, system } = process.cpuUsage(cpu);
    console.log(((user + system) / 1000).toFixed(1), (Number(process.hrtime.bigint() - start) / 1e6).toFixed(1),
      process.resourceUsage().maxRSS, size);
  }
}

main().then(() => process.exit(0), error => {
  console.error(`${error.message} ${error.config ? error.config.url : ''}`);
  process.exit(1);
});
