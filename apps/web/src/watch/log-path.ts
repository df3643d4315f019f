/** Where a log is served as plain text, live or stored. */
export function logPath(kind: 'build' | 'launch', id: string): string {
  return kind === 'build' ? `/builds/${id}/log` : `/launches/${id}/log`;
}
