/**
 * SQL: the id of the build that a launch of the app `repositoryId` runs. Of those whose image is still there the newest that
 * was seen running; else the newest that was not looked at yet; else the newest. Later builds have greater ids.
 * @param repositoryId an SQL expression
 */
export const chosenBuild = (repositoryId: string): string =>
  `SELECT i.build_id FROM images i LEFT JOIN verifications v ON v.build_id = i.build_id
   WHERE i.repository_id = ${repositoryId} AND i.removed_at IS NULL
   ORDER BY CASE v.status WHEN 'passed' THEN 0 WHEN 'failed' THEN 2 ELSE 1 END, i.build_id DESC LIMIT 1`;
