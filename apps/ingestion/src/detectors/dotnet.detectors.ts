import type { Detector } from './detector';

/** Web frameworks of .NET. The SDK of a project is a dependency in its manifest. */
export const DOTNET_DETECTORS: readonly Detector[] = [
  {
    tag: 'framework:aspnet',
    // Clients of it (SignalR, Components of a library) are packages of the same names: the SDK is what makes a web app.
    some: [
      { package: 'nuget:microsoft.net.sdk.web' },
      { package: 'nuget:microsoft.aspnetcore.app' },
      { package: 'nuget:microsoft.aspnetcore.all' },
      { package: 'nuget:microsoft.aspnet.mvc' },
      { package: 'nuget:microsoft.aspnet.webapi' },
    ],
    version: ['nuget:microsoft.net.sdk.web', 'nuget:microsoft.aspnetcore.app', 'nuget:microsoft.aspnetcore.all', 'nuget:microsoft.aspnet.mvc', 'nuget:microsoft.aspnet.webapi'],
    confidence: 0.95,
  },
  {
    tag: 'framework:blazor',
    some: [{ package: 'nuget:microsoft.net.sdk.blazorwebassembly' }, { package: 'nuget:microsoft.aspnetcore.components.webassembly' }, { package: 'nuget:microsoft.aspnetcore.components.webassembly.server' }, { glob: '*.razor' }],
    version: 'nuget:microsoft.aspnetcore.components.webassembly',
  },
  { tag: 'framework:umbraco', some: [{ package: 'nuget:umbraco.cms' }, { package: 'nuget:umbracocms' }], version: ['nuget:umbraco.cms', 'nuget:umbracocms'], contains: ['framework:aspnet'], confidence: 0.95 },
];
