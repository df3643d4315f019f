import { imageName, imageTag } from '../dockerfiles/image-name';

/** What runs in an image, and which version of it where its name or tag says so. */
export interface ImageRuntime {
  runtime: string;
  /** As written: `20`, `3.12-slim`. */
  version: string | null;
}

/** Images that are one runtime, by the last part of their names; their tag is the runtime's version. */
const OWN: Readonly<Record<string, string>> = {
  node: 'node', nodejs: 'node', bun: 'bun', deno: 'deno', python: 'python', pypy: 'python', ruby: 'ruby', php: 'php', 'php-fpm': 'php', golang: 'go', rust: 'rust',
  openjdk: 'java', 'eclipse-temurin': 'java', amazoncorretto: 'java', sapmachine: 'java', 'zulu-openjdk': 'java', 'zulu-openjdk-alpine': 'java',
  'zulu-openjdk-debian': 'java', 'liberica-openjdk-alpine': 'java', 'liberica-openjre-alpine': 'java', 'liberica-openjdk-debian': 'java', 'liberica-openjre-debian': 'java', jdk: 'java', jre: 'java',
  elixir: 'elixir', erlang: 'erlang', perl: 'perl', swift: 'swift', dart: 'dart', julia: 'julia', crystal: 'crystal', haskell: 'haskell', nim: 'nim',
  'r-base': 'r', 'r-ver': 'r', shiny: 'r', 'shiny-verse': 'r', tidyverse: 'r', rstudio: 'r', plumber: 'r',
};

/** Images that a runtime is in, by the last part of their names; their tag is the version of something else. */
const WITHIN: Readonly<Record<string, string>> = {
  gradle: 'java', maven: 'java', tomcat: 'java', tomee: 'java', jetty: 'java', wildfly: 'java', payara: 'java', 'server-full': 'java', 'open-liberty': 'java', 'websphere-liberty': 'java', 'ibm-semeru-runtimes': 'java',
  clojure: 'java', 'scala-sbt': 'java', jruby: 'ruby', jekyll: 'ruby', passenger: 'ruby', 'passenger-ruby': 'ruby', 'cargo-chef': 'rust',
  wordpress: 'php', drupal: 'php', joomla: 'php', nextcloud: 'php', composer: 'php', frankenphp: 'php', 'php-nginx': 'php', 'php-apache': 'php', 'nginx-php-fpm': 'php',
  uv: 'python', miniconda3: 'python', miniconda: 'python', anaconda3: 'python', miniforge3: 'python', mambaforge: 'python', micromamba: 'python', pytorch: 'python', tensorflow: 'python',
  'uvicorn-gunicorn': 'python', 'uvicorn-gunicorn-fastapi': 'python', 'uvicorn-gunicorn-starlette': 'python', 'meinheld-gunicorn-flask': 'python', 'uwsgi-nginx-flask': 'python', 'uwsgi-nginx': 'python',
  'base-notebook': 'python', 'minimal-notebook': 'python', 'scipy-notebook': 'python', 'datascience-notebook': 'python', 'tensorflow-notebook': 'python', 'pytorch-notebook': 'python', jupyterhub: 'python',
  nginx: 'nginx', 'nginx-unprivileged': 'nginx', openresty: 'nginx', httpd: 'apache', caddy: 'caddy',
};

const DOTNET = new Set(['aspnet', 'runtime', 'runtime-deps', 'sdk']);

/** Names that hold the version: `distroless/nodejs20-debian12`, `ubi9/openjdk-17`, `ubi9/python-311`. */
const NAMED: readonly [RegExp, string][] = [
  [/^nodejs-?(\d{2})(?:-|$)/, 'node'],
  [/^(?:java|openjdk)-?(\d{1,2})(?:-|$)/, 'java'],
  [/^python-?(3\d{0,2})(?:-|$)/, 'python'],
  [/^php-?([5-9]\d?)(?:-|$)/, 'php'],
  [/^ruby-?([2-9]\d?)(?:-|$)/, 'ruby'],
];

/** Words that come before a runtime's version in the tag of an image which is versioned by something else. */
const IN_TAG: Readonly<Record<string, RegExp>> = {
  java: /(?:jdk|jre|java|temurin|openjdk|corretto|open)-?(\d{1,2})(?!\d)/i,
  python: /(?:python|py)-?(3\.\d{1,2})/i,
  php: /php-?([5-9]\.\d)/i,
  ruby: /ruby-?(\d\.\d)/i,
  rust: /rust-?(1\.\d{1,3})/i,
  node: /node-?(\d{2})/i,
};

/** `node` and `20-slim` for `node:20-slim` or `registry.example/library/node:20-slim@sha256:…`; undefined where the name tells nothing. */
export function imageRuntime(image: string): ImageRuntime | undefined {
  const name = imageName(image);
  const last = name.slice(name.lastIndexOf('/') + 1);
  const tag = imageTag(image) ?? null;
  // These names mean .NET only where Microsoft says so.
  if (DOTNET.has(last)) return name.includes('dotnet') ? { runtime: 'dotnet', version: tag } : undefined;
  for (const [pattern, runtime] of NAMED) {
    const version = pattern.exec(last)?.[1];
    if (version !== undefined) return { runtime, version: withPoint(runtime, version) };
  }
  const own = Object.hasOwn(OWN, last) ? OWN[last] : undefined;
  if (own) return { runtime: own, version: tag === null ? null : ownVersion(own, tag) };
  const within = Object.hasOwn(WITHIN, last) ? WITHIN[last] : undefined;
  return within ? { runtime: within, version: tag === null ? null : (IN_TAG[within]?.exec(tag)?.[1] ?? null) } : undefined;
}

/** A tag may begin with what the image is built on (`alpine3.20`, `fpm-alpine3.20`), which is no version of the runtime. */
function ownVersion(runtime: string, tag: string): string | null {
  const named = IN_TAG[runtime]?.exec(tag)?.[1];
  if (named !== undefined) return named;
  if (/^v?\d/.test(tag)) return tag;
  // `debian-2.0.0` of Deno; `iron-slim`, a line of Node.js by its name.
  if (runtime === 'deno') return /^[a-z]+-(\d.*)$/.exec(tag)?.[1] ?? null;
  return runtime === 'node' && /^[a-z]+(-|$)/.test(tag) ? tag : null;
}

/** `3.11` of `311`: names have no points. */
function withPoint(runtime: string, digits: string): string | null {
  if (runtime === 'node' || runtime === 'java') return digits;
  return digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : null;
}
