/** Hosts of pictures and buttons that say something of the project's state or its platforms, not of the app. */
const HOST =
  /^(?:badges?|ci|img\.badge)\.|(?:^|\.)(?:shields\.io|versionbadg\.es|david-dm\.org|badgen\.now\.sh|greenkeeper\.io|inch-ci\.org|saucelabs\.com|avatars\d*\.githubusercontent\.com|gravatar\.com|badgen\.net|badge\.fury\.io|badgesize\.io|codecov\.io|coveralls\.io|travis-ci\.(?:org|com)|circleci\.com|appveyor\.com|cirrus-ci\.com|codefactor\.io|codeclimate\.com|scrutinizer-ci\.com|lgtm\.com|snyk\.io|fossa\.(?:io|com)|bestpractices\.dev|opencollective\.com|nodei\.co|gitter\.im|contrib\.rocks|star-history\.com|starchart\.cc|trendshift\.io|deepsource\.io|codacy\.com|sonarcloud\.io|visitor-badge\.laobi\.icu|seeyoufarm\.com|komarev\.com|vbr\.wocr\.tk|buymeacoffee\.com|ko-fi\.com|liberapay\.com|skillicons\.dev|repobeats\.axiom\.co|wakatime\.com|packagephobia\.(?:com|now\.sh)|bundlephobia\.com|img\.badgesize\.io|github-readme-stats\.vercel\.app|readme-typing-svg\.(?:herokuapp|demolab)\.com|capsule-render\.vercel\.app|herokucdn\.com)$/i;
const PATH = /badges?\b|badge[-_.]|shields?[/_.-]|\/status\.svg$|\/buttons?(?:\.|s\/|\/|$)|[/_-]button\.(?:svg|png)|\/workflows\/|contributors\.svg|deploy-(?:to|on|with)-|open[-_]in[-_]|\/repository-images\/.*-stars/i;

/** Whether what stands there tells of builds, versions, stars or people. */
export function isBadge({ hostname, pathname, search }: URL): boolean {
  // https://github.com/ada.png is the face of a user.
  return HOST.test(hostname) || isBadgePath(pathname) || /[?&]badge(?:[=&]|$)/i.test(search) || (hostname === 'github.com' && /^\/[^/]+\.png$/i.test(pathname));
}

/** The same for a file of the repository. */
export function isBadgePath(path: string): boolean {
  return PATH.test(path);
}
