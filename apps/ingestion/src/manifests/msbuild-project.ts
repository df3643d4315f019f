import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, listOf, textOf } from './parsed-value';
import { parseXml } from './xml-source';

const WEB_SDK = 'microsoft.net.sdk.web';
const WEB_FRAMEWORK = 'microsoft.aspnetcore.app';

/**
 * Projects of .NET: https://learn.microsoft.com/en-us/visualstudio/msbuild/. The SDK that a project is built with counts as
 * a dependency: `nuget:microsoft.net.sdk.web` is what makes one a web application.
 */
export const msbuildProject: ManifestFormat = {
  name: 'msbuild',
  matches: (path) => /\.(cs|fs|vb)proj$/i.test(path) || /(^|\/)Directory\.(Packages|Build)\.props$/i.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'nuget');
    const { manifest } = draft;
    const project = at(parseXml(text, draft), 'Project');
    const ofProject = /proj$/i.test(path);
    manifest.packageManager = 'nuget';
    if (ofProject) manifest.name = path.replace(/^.*\//s, '').replace(/\.\w+$/, '');
    let target: string | null = null;
    for (const group of listOf(at(project, 'PropertyGroup'))) {
      const property = (name: string): string | null => textOf(listOf(at(group, name)).map((one) => textOf(one) ?? textOf(at(one, '#text'))).find((one) => one !== null));
      manifest.description ??= property('Description');
      manifest.licence ??= property('PackageLicenseExpression');
      manifest.homepage ??= property('PackageProjectUrl');
      draft.keywords((property('PackageTags') ?? '').split(/[;,\s]+/).filter((tag) => tag !== ''));
      const framework = property('TargetFramework') ?? property('TargetFrameworks');
      const version = newestOf(framework ?? '');
      if (version !== undefined) draft.runtime('dotnet', version, 'TargetFramework');
      target ??= version ?? null;
    }
    sdks(project, target, draft);
    // Properties of a folder hold for the projects in it.
    if (!ofProject) for (const name of [WEB_SDK, WEB_FRAMEWORK]) draft.manage(name, target, 'TargetFramework');
    for (const group of listOf(at(project, 'ItemGroup'))) items(group, target, draft);
    return manifest;
  },
};

/** `<Project Sdk="Microsoft.NET.Sdk.Web/8.0">`, `<Sdk Name="…" Version="…" />`. The web SDK's own version is that of .NET: with net8.0 it is ASP.NET Core 8. */
function sdks(project: unknown, target: string | null, draft: ManifestDraft): void {
  for (const sdk of (textOf(at(project, '@Sdk')) ?? '').split(';')) {
    const [name = '', version] = sdk.split('/');
    draft.depend(name, version ?? (name.toLowerCase() === WEB_SDK ? target : null), 'runtime', 'Project.Sdk', 'nuget', version === undefined ? 'platform' : undefined);
  }
  for (const sdk of listOf(at(project, 'Sdk'))) draft.depend(textOf(at(sdk, '@Name')) ?? '', textOf(at(sdk, '@Version')), 'runtime', 'Sdk', 'nuget', at(sdk, '@Version') === undefined ? 'platform' : undefined);
}

function items(group: unknown, target: string | null, draft: ManifestDraft): void {
  for (const reference of listOf(at(group, 'PackageReference'))) {
    const name = textOf(at(reference, '@Include'));
    // Private assets (analysers, test runners, design-time tools) do not flow into what runs.
    const dev = (textOf(at(reference, 'PrivateAssets')) ?? textOf(at(reference, '@PrivateAssets')))?.toLowerCase() === 'all';
    if (name !== null) draft.depend(name, versionOf(reference), dev ? 'dev' : 'runtime', `PackageReference.${name}`);
  }
  // A shared framework comes with .NET, in its version.
  for (const reference of listOf(at(group, 'FrameworkReference'))) {
    const name = textOf(at(reference, '@Include'));
    if (name !== null) draft.depend(name, target, 'runtime', `FrameworkReference.${name}`, 'nuget', 'platform');
  }
  for (const version of listOf(at(group, 'PackageVersion'))) {
    const name = textOf(at(version, '@Include'));
    if (name !== null) draft.manage(name, versionOf(version), `PackageVersion.${name}`);
  }
}

/** A property (`$(AspNetVersion)`) is not followed. */
function versionOf(element: unknown): string | null {
  const version = textOf(at(element, '@Version')) ?? textOf(at(element, 'Version')) ?? textOf(at(element, '@VersionOverride'));
  return version === null || version.includes('$(') ? null : version;
}

/** `8.0` of `net8.0`, `net8.0-windows` and `netcoreapp3.1`; the newest of several. .NET Framework and Standard are other runtimes. */
function newestOf(frameworks: string): string | undefined {
  const versions = frameworks.split(';').flatMap((framework) => /^net(?:coreapp)?(\d{1,3}\.\d{1,3})(?:-|$)/i.exec(framework.trim())?.[1] ?? []);
  return versions.sort((a, b) => Number(b) - Number(a))[0];
}
