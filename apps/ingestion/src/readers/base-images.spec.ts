import { imageRuntime } from './base-images';

describe('imageRuntime', () => {
  it.each([
    ['node:20-slim', 'node', '20-slim'], ['node@sha256:abc', 'node', null], ['registry.example:5000/library/node:20@sha256:abc', 'node', '20'], ['node:lts-alpine', 'node', 'lts-alpine'], ['public.ecr.aws/lambda/nodejs:20', 'node', '20'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0', 'dotnet', '8.0'], ['oven/bun:1', 'bun', '1'], ['denoland/deno:alpine-1.44.0', 'deno', '1.44.0'], ['node:alpine3.19', 'node', null], ['php:fpm-alpine3.19', 'php', null], ['node:iron-slim', 'node', 'iron-slim'], ['azul/zulu-openjdk:21-jre', 'java', '21-jre'], ['nginxinc/nginx-unprivileged:1.27', 'nginx', null],
    ['gcr.io/distroless/nodejs20-debian12', 'node', '20'], ['gcr.io/distroless/java17-debian12:nonroot', 'java', '17'], ['gcr.io/distroless/python3-debian12', 'python', null], ['registry.access.redhat.com/ubi9/python-311:1-72', 'python', '3.11'],
    ['registry.access.redhat.com/ubi8/openjdk-17:1.18', 'java', '17'], ['registry.access.redhat.com/ubi9/php-82', 'php', '8.2'],
    ['tomcat:10.1-jdk21-temurin', 'java', '21'], ['maven:3.9-eclipse-temurin-17', 'java', '17'], ['gradle:8.7-jdk21-alpine', 'java', '21'], ['ibm-semeru-runtimes:open-17-jre', 'java', '17'], ['tomcat:10.1', 'java', null],
    ['ghcr.io/astral-sh/uv:python3.12-bookworm-slim', 'python', '3.12'], ['ghcr.io/astral-sh/uv:0.4', 'python', null], ['tiangolo/uvicorn-gunicorn-fastapi:python3.11', 'python', '3.11'], ['continuumio/miniconda3:24.4.0-0', 'python', null],
    ['dunglas/frankenphp:1-php8.3', 'php', '8.3'], ['wordpress:6.5-php8.2-apache', 'php', '8.2'], ['webdevops/php-nginx:8.3-alpine', 'php', null], ['php:8.3-apache', 'php', '8.3-apache'], ['rocker/shiny:4.4.0', 'r', '4.4.0'],
    ['hexpm/elixir:1.16.2-erlang-26.2.4-debian-bookworm-20240423-slim', 'elixir', '1.16.2-erlang-26.2.4-debian-bookworm-20240423-slim'],
  ])('of %j is %s %s', (image, runtime, version) => {
    expect(imageRuntime(image)).toEqual({ runtime, version });
  });

  it.each(['', 'scratch', 'alpine:3.20', 'debian:12', 'gcr.io/distroless/static-debian12', 'gcr.io/distroless/cc', 'acme/sdk', 'acme/runtime:8.0', 'constructor', 'x/__proto__', ':', '$BASE', 'node/'.repeat(1_000)])('knows none in %j', (image) => {
    expect(imageRuntime(image)?.runtime).toBe(image.startsWith('node/') ? 'node' : undefined);
  });
});
