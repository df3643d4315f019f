/** What a builder tells every Dockerfile about its platforms: https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope */
export interface Platforms {
  /** Of the image: `linux/arm64`, `linux/arm/v7`. */
  target: string;
  /** Of the engine that builds. */
  build: string;
}

/** TARGETPLATFORM, TARGETOS, TARGETARCH, TARGETVARIANT and the same of BUILD. */
export function platformArguments({ target, build }: Platforms): Record<string, string> {
  return { ...named('TARGET', target), ...named('BUILD', build) };
}

function named(prefix: string, platform: string): Record<string, string> {
  const [os = '', arch = '', variant = ''] = platform.split('/');
  return { [`${prefix}PLATFORM`]: platform, [`${prefix}OS`]: os, [`${prefix}ARCH`]: arch, [`${prefix}VARIANT`]: variant };
}
