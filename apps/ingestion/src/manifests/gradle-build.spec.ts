import { parseManifest } from './all-formats';
import { resolveManifests } from './resolve-manifests';

const parse = (path: string, text: string) => parseManifest(path, text)!;
const dependenciesOf = (manifest: { dependencies: readonly { name: string; version: string | null; group: string }[] }) => manifest.dependencies.map(({ name, version, group }) => `${name} ${version} ${group}`);

const SPRING_GROOVY = `
// Built with "quotes" and { braces } in a comment
plugins {
    id 'java'
    id 'org.springframework.boot' version '3.2.5'
    id 'io.spring.dependency-management' version '1.1.4'
}
/* dependencies { implementation 'never:seen:1' } */
group = 'org.example'
ext {
    set('springCloudVersion', "2023.0.1")
}
java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }
dependencies {
    implementation 'org.springframework.boot:spring-boot-starter-web'
    implementation group: 'org.postgresql', name: 'postgresql', version: '42.7.3'
    implementation("com.h2database:h2:2.2.224") { exclude group: 'org.slf4j', module: 'slf4j-api' }
    developmentOnly 'org.springframework.boot:spring-boot-devtools'
    testImplementation 'org.springframework.boot:spring-boot-starter-test'
    implementation project(':core')
    println "Building ${'$'}{project.name}"
}
dependencyManagement {
    imports {
        mavenBom "org.springframework.cloud:spring-cloud-dependencies:\${springCloudVersion}"
    }
}
`;

const KTOR_KOTLIN = `
val ktorVersion: String = "2.3.9"
plugins {
    kotlin("jvm") version "1.9.23"
    id("io.ktor.plugin") version "2.3.9"
    application
}
dependencies {
    implementation("io.ktor:ktor-server-core-jvm:$ktorVersion")
    implementation("io.ktor:ktor-server-netty-jvm")
    implementation(kotlin("stdlib"))
    "implementation"("ch.qos.logback:logback-classic:\${libs.versions.logback.get()}")
    testImplementation("io.ktor:ktor-server-tests-jvm:\${ktorVersion}")
}
kotlin { jvmToolchain(17) }
`;

describe('Gradle build scripts', () => {
  it('reads Groovy: comments are none, and what is excluded is not used', () => {
    const manifest = parse('build.gradle', SPRING_GROOVY);
    expect(dependenciesOf(manifest)).toEqual([
      'java:java.gradle.plugin null dev',
      'org.springframework.boot:org.springframework.boot.gradle.plugin 3.2.5 dev',
      'io.spring.dependency-management:io.spring.dependency-management.gradle.plugin 1.1.4 dev',
      'org.springframework.boot:spring-boot-starter-web null runtime',
      'org.postgresql:postgresql 42.7.3 runtime',
      'com.h2database:h2 2.2.224 runtime',
      'org.springframework.boot:spring-boot-devtools null dev',
      'org.springframework.boot:spring-boot-starter-test null dev',
    ]);
    expect(manifest.managed).toContainEqual(expect.objectContaining({ name: 'org.springframework.cloud:*', version: '2023.0.1' }));
    expect(manifest.runtimes).toEqual([{ name: 'java', version: '21', from: 'build.gradle#JavaLanguageVersion.of' }]);
    expect(manifest.warnings).toEqual([]);
  });

  it('reads Kotlin, with versions of the same file', () => {
    const manifest = parse('build.gradle.kts', KTOR_KOTLIN);
    expect(dependenciesOf(manifest)).toEqual([
      'org.jetbrains.kotlin.jvm:org.jetbrains.kotlin.jvm.gradle.plugin 1.9.23 dev',
      'io.ktor.plugin:io.ktor.plugin.gradle.plugin 2.3.9 dev',
      'io.ktor:ktor-server-core-jvm 2.3.9 runtime',
      'io.ktor:ktor-server-netty-jvm null runtime',
      'org.jetbrains.kotlin:kotlin-stdlib null runtime',
      'ch.qos.logback:logback-classic null runtime',
      'io.ktor:ktor-server-tests-jvm 2.3.9 dev',
    ]);
    expect(manifest.runtimes).toMatchObject([{ name: 'java', version: '17' }]);
  });

  it('gives a starter the version of its plugin', () => {
    const [manifest] = resolveManifests([parse('build.gradle', SPRING_GROOVY)]);
    expect(manifest?.dependencies).toContainEqual(expect.objectContaining({ name: 'org.springframework.boot:spring-boot-starter-web', version: '3.2.5' }));
  });

  it('follows a version catalogue, its bundles and plugins', () => {
    const catalog = parse('gradle/libs.versions.toml', `
[versions]
ktor = "3.0.1"
boot = { strictly = "3.3.0" }
[libraries]
ktor-server-core = { module = "io.ktor:ktor-server-core", version.ref = "ktor" }
ktor-server_netty = { group = "io.ktor", name = "ktor-server-netty", version.ref = "ktor" }
logback = "ch.qos.logback:logback-classic:1.5.6"
unused = "org.example:unused:1"
[bundles]
ktor = ["ktor-server-core", "ktor-server-netty"]
[plugins]
spring-boot = { id = "org.springframework.boot", version.ref = "boot" }
`);
    const build = parse('build.gradle.kts', 'plugins { alias(libs.plugins.spring.boot) }\ndependencies {\n  implementation(libs.bundles.ktor)\n  implementation(libs.logback)\n  implementation("org.springframework.boot:spring-boot-starter-web")\n}\n');
    const [, resolved] = resolveManifests([catalog, build]);
    expect(catalog.dependencies).toEqual([]);
    expect(dependenciesOf(resolved!)).toEqual([
      'org.springframework.boot:spring-boot-starter-web 3.3.0 runtime',
      'org.springframework.boot:org.springframework.boot.gradle.plugin 3.3.0 dev',
      'io.ktor:ktor-server-core 3.0.1 runtime',
      'io.ktor:ktor-server-netty 3.0.1 runtime',
      'ch.qos.logback:logback-classic 1.5.6 runtime',
    ]);
    expect(resolved?.dependencies.at(-1)?.from).toBe('build.gradle.kts#dependencies.libs.logback');
  });

  it('ends a bundle that names itself', () => {
    const catalog = parse('gradle/libs.versions.toml', '[bundles]\na = ["bundles-a"]\n');
    const [, resolved] = resolveManifests([catalog, parse('build.gradle', 'dependencies { implementation(libs.bundles.a) }')]);
    expect(resolved?.dependencies).toEqual([]);
  });

  it.each([
    ['dependencies {\n  implementation "a:b:1"\n', 1, 1],
    ['dependencies {\n  implementation "a:b:1"\n}\n}\n', 4, 1],
    ['dependencies {\n  implementation "a:b:1"\n  api "c:d:\n}\n', 3, 1],
    ['dependencies { implementation "a:b:1" }\n/* no end', 2, 1],
  ])('tells the line where %j is wrong, and keeps what it could read', (text, line, count) => {
    const manifest = parse('build.gradle', text);
    expect(manifest.warnings).toMatchObject([{ code: 'MANIFEST_INVALID', line }]);
    expect(manifest.dependencies.filter(({ name }) => name === 'a:b')).toHaveLength(count);
  });
});
