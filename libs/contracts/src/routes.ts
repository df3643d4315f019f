import { z } from 'zod';
import {
  App,
  History,
  RegisterAppBody,
  RelatedAppsQuery,
  RelatedAppsResult,
  SearchAppsQuery,
  SearchAppsResult,
  SuggestTagsQuery,
  SuggestTagsResult,
  UpdateAppBody,
} from './apps';
import { Artifact } from './artifacts';
import { Build, CreateBuildBody } from './builds';
import { EventsQuery } from './events';
import { HousekeepingPlan } from './housekeeping';
import { HubServiceList, Readiness } from './hub-services';
import { CreateLaunchBody, ExtendLaunchBody, Launch, ListLaunchesQuery } from './launches';
import { BuildId, LaunchId, ArtifactId, pageOf } from './primitives';
import { WebhookAnswer } from './webhooks';

/** One HTTP operation of the gateway: it validates, documents (`/openapi.json`) and types the web client. */
export interface RouteDefinition {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Fastify's notation: `/apps/:id`. */
  path: string;
  summary: string;
  /** Writes need a token or loopback. */
  write: boolean;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Answers by status; null has no JSON body. */
  responses: Record<number, { description: string; schema: z.ZodType | null; contentType?: string }>;
  /** The issue of the roadmap that brings it; until then it answers 501. */
  comesLater?: string;
}

function route<const R extends RouteDefinition>(definition: R): R {
  return definition;
}
const IdOrSlug = z.object({ id: z.string().min(1).max(300) });
const LogQuery = z.object({ after: z.coerce.number().int().min(0).default(0) });
const BuildLogQuery = LogQuery.extend({
  /** `ndjson`: each line as a LogLine, with its number, time, stream and step. */
  format: z.enum(['text', 'ndjson']).default('text'),
  /** As a file to keep. */
  download: z.enum(['true', 'false']).default('false'),
});
/** A launch may print for a day: only who asks for it waits for what is still to come. */
const LaunchLogQuery = LogQuery.extend({ follow: z.enum(['true', 'false']).default('false') });
const json = (description: string, schema: z.ZodType) => ({ description, schema });
const text = (description: string) => ({ description, schema: null, contentType: 'text/plain' });
const empty = (description: string) => ({ description, schema: null });

const webhookResponses = {
  200: json('Nothing to do: another event, a ref that is gone or that no app follows, a replayed delivery', WebhookAnswer),
  202: json('The apps that are read anew', WebhookAnswer),
};

export const routes = {
  registerApp: route({
    method: 'POST', path: '/apps', summary: 'Register a repository', write: true, body: RegisterAppBody,
    responses: { 201: json('Registered, ingestion queued', App), 200: json('Was registered already', App) },
  }),
  searchApps: route({
    method: 'GET', path: '/apps', summary: 'Search apps', write: false, query: SearchAppsQuery,
    responses: { 200: json('A page of apps with facets', SearchAppsResult) },
  }),
  getApp: route({
    method: 'GET', path: '/apps/:id', summary: 'One app, by id or slug', write: false, params: IdOrSlug,
    responses: { 200: json('The app', App) },
  }),
  updateApp: route({
    method: 'PATCH', path: '/apps/:id', summary: 'Curate an app', write: true, params: IdOrSlug, body: UpdateAppBody,
    responses: { 200: json('The changed app', App) },
  }),
  deleteApp: route({
    method: 'DELETE', path: '/apps/:id', summary: 'Remove an app with all it has', write: true, params: IdOrSlug,
    responses: { 202: empty('Removal begun') },
  }),
  appHistory: route({
    method: 'GET', path: '/apps/:id/history', summary: 'What happened to an app, newest first', write: false, params: IdOrSlug,
    responses: { 200: json('History', History) },
  }),
  relatedApps: route({
    method: 'GET', path: '/apps/:id/related', summary: 'Apps like this one', write: false, params: IdOrSlug,
    query: RelatedAppsQuery, responses: { 200: json('The nearest first', RelatedAppsResult) },
  }),
  retryApp: route({
    method: 'POST', path: '/apps/:id/retry', summary: 'Ingest again now', write: true, params: IdOrSlug,
    responses: { 202: json('The app, ingestion queued', App) },
  }),
  createBuild: route({
    method: 'POST', path: '/apps/:id/builds', summary: 'Build the known commit again', write: true, params: IdOrSlug, body: CreateBuildBody,
    responses: { 202: json('The build', Build) },
  }),
  suggestTags: route({
    method: 'GET', path: '/tags/suggest', summary: 'Tag suggestions', write: false, query: SuggestTagsQuery,
    responses: { 200: json('Keys, then values once `key:` is typed', SuggestTagsResult) },
  }),
  getBuild: route({
    method: 'GET', path: '/builds/:id', summary: 'One build', write: false, params: z.object({ id: BuildId }),
    responses: { 200: json('The build', Build) },
  }),
  buildLog: route({
    method: 'GET', path: '/builds/:id/log', summary: 'The build log, live or stored', write: false,
    params: z.object({ id: BuildId }), query: BuildLogQuery, responses: { 200: text('Lines after `after`; ends with the build') },
  }),
  cancelBuild: route({
    method: 'POST', path: '/builds/:id/cancel', summary: 'Cancel a build', write: true, params: z.object({ id: BuildId }),
    responses: { 202: json('The build', Build) },
  }),
  createLaunch: route({
    method: 'POST', path: '/launches', summary: 'Launch an app', write: true, body: CreateLaunchBody,
    responses: { 202: json('The launch', Launch) },
  }),
  listLaunches: route({
    method: 'GET', path: '/launches', summary: 'Launches, newest first', write: false, query: ListLaunchesQuery,
    responses: { 200: json('A page of launches', pageOf(Launch)) },
  }),
  getLaunch: route({
    method: 'GET', path: '/launches/:id', summary: 'One launch', write: false, params: z.object({ id: LaunchId }),
    responses: { 200: json('The launch', Launch) },
  }),
  extendLaunch: route({
    method: 'POST', path: '/launches/:id/extend', summary: 'Give a launch more time', write: true,
    params: z.object({ id: LaunchId }), body: ExtendLaunchBody, responses: { 200: json('The launch', Launch) },
  }),
  restartLaunch: route({
    method: 'POST', path: '/launches/:id/restart', summary: 'Start a running launch anew, under the same address', write: true,
    params: z.object({ id: LaunchId }), responses: { 202: json('The launch', Launch) },
  }),
  stopLaunch: route({
    method: 'DELETE', path: '/launches/:id', summary: 'Stop a launch', write: true, params: z.object({ id: LaunchId }),
    responses: { 202: json('The launch', Launch) },
  }),
  launchLog: route({
    method: 'GET', path: '/launches/:id/log', summary: 'What the app printed', write: false,
    params: z.object({ id: LaunchId }), query: LaunchLogQuery,
    responses: { 200: text('Lines after `after` that are there now; with `follow=true` also those to come, until the launch has ended') },
  }),
  getArtifact: route({
    method: 'GET', path: '/artifacts/:id', summary: "An artifact's metadata", write: false,
    params: z.object({ id: ArtifactId }), responses: { 200: json('Metadata', Artifact) },
  }),
  artifactContent: route({
    method: 'GET', path: '/artifacts/:id/content', summary: 'Redirects to a signed URL', write: false,
    params: z.object({ id: ArtifactId }), responses: { 302: empty('A URL that works for minutes') },
  }),
  picture: route({
    method: 'GET', path: '/pictures/:id', summary: "A picture of an app's README, for pages to show", write: false,
    params: z.object({ id: ArtifactId }), responses: { 200: { description: 'The picture', schema: null, contentType: 'image/*' } },
  }),
  listServices: route({
    method: 'GET', path: '/services', summary: 'The services of the hub and those registered', write: false,
    responses: { 200: json('Services', HubServiceList) },
  }),
  registerService: route({
    method: 'POST', path: '/services', summary: 'Register a service', write: true,
    responses: { 501: empty('Not built yet') }, comesLater: 'operations',
  }),
  updateService: route({
    method: 'PATCH', path: '/services/:slug', summary: 'Change a service', write: true,
    responses: { 501: empty('Not built yet') }, comesLater: 'operations',
  }),
  deleteService: route({
    method: 'DELETE', path: '/services/:slug', summary: 'Remove a service', write: true,
    responses: { 501: empty('Not built yet') }, comesLater: 'operations',
  }),
  serviceMetrics: route({
    method: 'GET', path: '/services/metrics', summary: 'Uptime and latency', write: false,
    responses: { 501: empty('Not built yet') }, comesLater: 'operations',
  }),
  housekeepingPlan: route({
    method: 'GET', path: '/operations/housekeeping', summary: 'What housekeeping would remove', write: false,
    responses: { 200: json('Images, layers, build cache and artifacts that may go', HousekeepingPlan) },
  }),
  runHousekeeping: route({
    method: 'POST', path: '/operations/housekeeping', summary: 'Remove what housekeeping would, now', write: true,
    responses: { 202: empty('Begun') },
  }),
  events: route({
    method: 'GET', path: '/events', summary: 'Upgrades to a WebSocket of CloudEvents', write: false, query: EventsQuery,
    responses: { 101: empty('One HubEvent a message'), 426: empty('Asked without an upgrade') },
  }),
  githubHook: route({
    method: 'POST', path: '/hooks/github', summary: 'GitHub push webhook, signed by X-Hub-Signature-256', write: false,
    responses: webhookResponses,
  }),
  gitlabHook: route({
    method: 'POST', path: '/hooks/gitlab', summary: 'GitLab push webhook, with X-Gitlab-Token or signed', write: false,
    responses: webhookResponses,
  }),
  healthz: route({
    method: 'GET', path: '/healthz', summary: 'The process lives', write: false, responses: { 200: empty('Alive') },
  }),
  readyz: route({
    method: 'GET', path: '/readyz', summary: 'Dependencies, each with its state', write: false,
    responses: { 200: json('Ready, or serving with parts waiting', Readiness), 503: json('Not ready', Readiness) },
  }),
} satisfies Record<string, RouteDefinition>;

/** RFC 9457 problem details with the hub's additions. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  traceId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
