import type { Detector } from './detector';

/**
 * Frameworks of Java and Kotlin. What a parent or a build plugin gives counts for development in the manifests (`dev`), and
 * tells most of all what an app is: the plugin is what makes it one. A plugin of Gradle is known by its marker artifact:
 * https://docs.gradle.org/current/userguide/plugins.html#sec:plugin_markers
 */
export const JVM_DETECTORS: readonly Detector[] = [
  {
    tag: 'framework:spring-boot',
    some: [
      { package: 'maven:org.springframework.boot:spring-boot-starter*' },
      { package: 'maven:org.springframework.boot:spring-boot' },
      { package: 'maven:org.springframework.boot:spring-boot-starter-parent', dev: true },
      { package: 'maven:org.springframework.boot:spring-boot-maven-plugin', dev: true },
      { package: 'maven:org.springframework.boot:org.springframework.boot.gradle.plugin', dev: true },
    ],
    version: 'maven:org.springframework.boot:*',
    confidence: 0.95,
  },
  {
    tag: 'framework:quarkus',
    some: [
      { package: 'maven:io.quarkus:*' },
      { package: 'maven:io.quarkus:quarkus-maven-plugin', dev: true },
      { package: 'maven:io.quarkus.platform:quarkus-maven-plugin', dev: true },
      { package: 'maven:io.quarkus:io.quarkus.gradle.plugin', dev: true },
    ],
    version: 'maven:io.quarkus*',
    contains: ['framework:vertx', 'framework:jakarta-ee'],
    confidence: 0.95,
  },
  {
    tag: 'framework:micronaut',
    some: [
      { package: 'maven:io.micronaut:*' },
      { package: 'maven:io.micronaut.platform:micronaut-parent', dev: true },
      { package: 'maven:io.micronaut:micronaut-parent', dev: true },
      { package: 'maven:io.micronaut.application:io.micronaut.application.gradle.plugin', dev: true },
      { package: 'maven:io.micronaut.minimal.application:io.micronaut.minimal.application.gradle.plugin', dev: true },
    ],
    version: 'maven:io.micronaut*',
    confidence: 0.95,
  },
  // The client alone is what many an app and library speak HTTP with.
  {
    tag: 'framework:ktor',
    some: [{ package: 'maven:io.ktor:ktor-server*' }, { package: 'maven:io.ktor.plugin:io.ktor.plugin.gradle.plugin', dev: true }],
    version: 'maven:io.ktor*',
    confidence: 0.95,
  },
  {
    tag: 'framework:vertx',
    some: [{ package: 'maven:io.vertx:vertx-core' }, { package: 'maven:io.vertx:vertx-web' }, { package: 'maven:io.vertx:vertx-lang-kotlin*' }, { package: 'maven:io.vertx.vertx-plugin:io.vertx.vertx-plugin.gradle.plugin', dev: true }],
    none: [{ package: 'maven:io.quarkus:*' }],
    version: 'maven:io.vertx:*',
  },
  {
    tag: 'framework:play',
    some: [
      { package: 'maven:org.playframework:sbt-plugin', dev: true },
      { package: 'maven:com.typesafe.play:sbt-plugin', dev: true },
      // `play-json` and its like are libraries for any app.
      { package: 'maven:org.playframework:play_*' },
      { package: 'maven:com.typesafe.play:play_*' },
      { package: 'maven:org.gradle.playframework:org.gradle.playframework.gradle.plugin', dev: true },
    ],
    version: ['maven:org.playframework:sbt-plugin', 'maven:com.typesafe.play:sbt-plugin', 'maven:org.playframework:play_*', 'maven:com.typesafe.play:play_*'],
  },
  { tag: 'framework:dropwizard', some: [{ package: 'maven:io.dropwizard:dropwizard-core' }], version: 'maven:io.dropwizard:dropwizard-*', confidence: 0.95 },
  {
    tag: 'framework:vaadin',
    some: [{ package: 'maven:com.vaadin:vaadin*' }, { package: 'maven:com.vaadin:flow*' }, { package: 'maven:com.vaadin:vaadin-maven-plugin', dev: true }, { package: 'maven:com.vaadin:com.vaadin.gradle.plugin', dev: true }],
    version: 'maven:com.vaadin:*',
    confidence: 0.95,
  },
  {
    // The whole platform or a profile of it: single specifications (validation, persistence) are in every other framework.
    tag: 'framework:jakarta-ee',
    some: [{ package: 'maven:jakarta.platform:*' }, { package: 'maven:javax:javaee-api' }, { package: 'maven:javax:javaee-web-api' }],
    version: ['maven:jakarta.platform:*', 'maven:javax:javaee-api', 'maven:javax:javaee-web-api'],
  },
];
