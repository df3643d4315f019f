import { mavenPom } from './maven-pom';
import { msbuildProject } from './msbuild-project';
import { resolveManifests } from './resolve-manifests';

const brief = ({ dependencies }: { dependencies: readonly { name: string; version: string | null; group: string }[] }) => dependencies.map(({ name, version, group }) => `${name} ${version} ${group}`);

const QUARKUS = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <groupId>org.example</groupId><artifactId>orders</artifactId><version>1.0</version>
  <description>Takes orders</description>
  <licenses><license><name>Apache-2.0</name></license></licenses>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
    <quarkus.platform.group-id>io.quarkus.platform</quarkus.platform.group-id>
    <quarkus.platform.version>3.8.1</quarkus.platform.version>
    <circle>\${circle}</circle>
  </properties>
  <dependencyManagement><dependencies>
    <dependency><groupId>\${quarkus.platform.group-id}</groupId><artifactId>quarkus-bom</artifactId><version>\${quarkus.platform.version}</version><type>pom</type><scope>import</scope></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.3</version></dependency>
    <dependency><groupId>never</groupId><artifactId>used</artifactId><version>1</version></dependency>
  </dependencies></dependencyManagement>
  <dependencies>
    <dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency>
    <dependency><groupId>org.postgresql</groupId><artifactId>postgresql</artifactId></dependency>
    <dependency><groupId>a</groupId><artifactId>circle</artifactId><version>\${circle}</version></dependency>
    <dependency><groupId>a</groupId><artifactId>unknown</artifactId><version>\${not.here}</version><optional>true</optional></dependency>
    <dependency><groupId>io.quarkus</groupId><artifactId>quarkus-junit5</artifactId><scope>test</scope></dependency>
  </dependencies>
  <build><plugins><plugin><groupId>\${quarkus.platform.group-id}</groupId><artifactId>quarkus-maven-plugin</artifactId><version>\${quarkus.platform.version}</version></plugin></plugins></build>
</project>`;

describe('pom.xml', () => {
  it('reads dependencies, with properties and what is laid down for them', () => {
    const [manifest] = resolveManifests([mavenPom.parse('pom.xml', QUARKUS)]);
    expect(brief(manifest!)).toEqual([
      'io.quarkus:quarkus-rest 3.8.1 runtime', 'org.postgresql:postgresql 42.7.3 runtime', 'a:circle null runtime', 'a:unknown null optional', 'io.quarkus:quarkus-junit5 3.8.1 dev',
      'io.quarkus.platform:quarkus-maven-plugin 3.8.1 dev',
    ]);
    expect(manifest).toMatchObject({ name: 'orders', description: 'Takes orders', licence: 'Apache-2.0', packageManager: 'maven', runtimes: [{ name: 'java', version: '21', from: 'pom.xml#properties.maven.compiler.release' }], warnings: [] });
  });

  it('takes no entity for anything but its name', () => {
    const bomb = `<!DOCTYPE p [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'abcdefghij'[i + 1]} "${`&${'abcdefghij'[i]};`.repeat(10)}">`).join('')}]><project><artifactId>&j;</artifactId></project>`;
    expect(mavenPom.parse('pom.xml', bomb)).toMatchObject({ name: '&j;' });
    const file = mavenPom.parse('pom.xml', '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><project><description>&x;</description></project>');
    expect(file).toMatchObject({ description: null, warnings: [{ code: 'MANIFEST_INVALID' }] });
  });

  it('tells the line where it is no XML, and keeps what it could read', () => {
    const manifest = mavenPom.parse('pom.xml', '<project>\n<dependencies>\n<dependency><groupId>a</groupId><artifactId>b</artifactId></dependency>\n</dependenciez>\n</project>');
    expect(manifest.warnings).toMatchObject([{ code: 'MANIFEST_INVALID', line: 4 }]);
    expect(brief(manifest)).toEqual(['a:b null runtime']);
  });

  it.each(['', 'hello', '<html/>', '<project>'.repeat(5_000), '<project><__proto__/></project>'])('warns of %j', (text) => {
    expect(mavenPom.parse('pom.xml', text)).toMatchObject({ dependencies: [], warnings: [{ code: 'MANIFEST_INVALID' }] });
  });
});

describe('projects of .NET', () => {
  it('reads the SDK, packages and the framework it is for', () => {
    const text = `<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup><TargetFrameworks>netstandard2.0;net6.0;net8.0-windows</TargetFrameworks><Description>A shop</Description></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="8.0.2" />
    <PackageReference Include="Microsoft.EntityFrameworkCore.Design"><Version>8.0.4</Version><PrivateAssets>all</PrivateAssets></PackageReference>
    <PackageReference Include="Serilog" />
    <ProjectReference Include="..\\Core\\Core.csproj" />
  </ItemGroup>
</Project>`;
    const props = msbuildProject.parse('Directory.Packages.props', '<Project><ItemGroup><PackageVersion Include="Serilog" Version="3.1.1" /><PackageVersion Include="Unused" Version="1" /></ItemGroup></Project>');
    const [, manifest] = resolveManifests([props, msbuildProject.parse('src/Shop/Shop.csproj', text)]);
    expect(brief(manifest!).slice(1)).toEqual(['npgsql.entityframeworkcore.postgresql 8.0.2 runtime', 'microsoft.entityframeworkcore.design 8.0.4 dev', 'serilog 3.1.1 runtime']);
    expect(manifest?.dependencies[0]).toMatchObject({ name: 'microsoft.net.sdk.web', group: 'runtime' });
    expect(manifest).toMatchObject({ name: 'Shop', description: 'A shop', runtimes: [{ name: 'dotnet', version: '8.0' }], warnings: [] });
    expect(props.dependencies).toEqual([]);
  });
});
