import { imageName, imageTag } from './image-name';

/** Image → the port that it exposes by itself: of what is built on it, that is the port unless something else is said. */
const PORTS: Readonly<Record<string, number>> = {
  nginx: 80, 'nginxinc/nginx-unprivileged': 8080, 'bitnami/nginx': 8080, httpd: 80, caddy: 80, traefik: 80, 'joseluisq/static-web-server': 80, openresty: 80, 'openresty/openresty': 80,
  tomcat: 8080, jetty: 8080, wordpress: 80, ghost: 2368, drupal: 80, joomla: 80, nextcloud: 80, 'rocker/shiny': 3838, 'rocker/shiny-verse': 3838, 'rocker/rstudio': 8787,
  'jupyter/base-notebook': 8888, 'jupyter/minimal-notebook': 8888, 'jupyter/scipy-notebook': 8888, 'jupyter/datascience-notebook': 8888, 'quay.io/jupyter/base-notebook': 8888,
  'dunglas/frankenphp': 80, 'webdevops/php-nginx': 80, 'webdevops/php-apache': 80, 'richarvey/nginx-php-fpm': 80, 'trafex/php-nginx': 8080, 'tiangolo/uvicorn-gunicorn-fastapi': 80,
  'tiangolo/uvicorn-gunicorn': 80, 'tiangolo/uwsgi-nginx-flask': 80, 'nodered/node-red': 1880, 'grafana/grafana': 3000, 'prom/prometheus': 9090, 'directus/directus': 8055,
};

/** Undefined where the image exposes none, or is not known. */
export function basePort(reference: string): number | undefined {
  const name = imageName(reference);
  if (Object.hasOwn(PORTS, name)) return PORTS[name];
  const tag = imageTag(reference) ?? '';
  if (name === 'php' && /apache/.test(tag)) return 80;
  // Since .NET 8; 80 before.
  if (name === 'dotnet/aspnet') return /^[1-7]\./.test(tag) ? 80 : 8080;
  return undefined;
}
