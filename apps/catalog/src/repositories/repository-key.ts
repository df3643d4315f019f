/**
 * What tells one repository from another however its address is spelled: host and path in lower case, without scheme,
 * user and ".git". Hosts of code take paths in any case; on one that does not, a push is heard by a namesake too, which
 * is read anew for nothing.
 * @param publicUrl as `parseRepoUrl` puts it together
 */
export function repositoryKey(publicUrl: string): string {
  const [, authority = '', path = ''] = /^[a-z]+:\/\/(?:[^@/]*@)?([^/]*)\/(.*)$/.exec(publicUrl) ?? [];
  return `${authority}/${path}`.replace(/\/+$/, '').replace(/\.git$/i, '').toLowerCase();
}
