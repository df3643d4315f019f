/** Every key of the query cache, so that what events patch and what pages read are the same entries. */
export const keys = {
  /** Lists of apps: `['apps', …]`. */
  apps: ['apps'] as const,
  search: (q: string, sort: string, limit: number) => ['apps', 'search', { q, sort, limit }] as const,
  row: (q: string, sort: string, limit: number) => ['apps', 'row', { q, sort, limit }] as const,
  /** Below `apps`, so that events keep its cards current. */
  related: (appId: string) => ['apps', 'related', appId] as const,
  /** One app, by id or slug: `['app', idOrSlug]`. */
  oneApp: ['app'] as const,
  app: (idOrSlug: string) => ['app', idOrSlug] as const,
  history: (appId: string) => ['history', appId] as const,
  suggestions: (q: string) => ['suggestions', q] as const,
  ingestion: (appId: string) => ['ingestion', appId] as const,
  /** One build: `['build', id]`. */
  oneBuild: ['build'] as const,
  build: (id: string) => ['build', id] as const,
  housekeeping: ['housekeeping'] as const,
  launches: ['launches'] as const,
  launchList: (status: string) => ['launches', status] as const,
  launch: (id: string) => ['launch', id] as const,
  services: ['services'] as const,
  readiness: ['readiness'] as const,
};
