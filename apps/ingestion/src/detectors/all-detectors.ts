import type { Detector } from './detector';
import { DATA_APPS_DETECTORS } from './data-apps.detectors';
import { DOTNET_DETECTORS } from './dotnet.detectors';
import { ELIXIR_DETECTORS } from './elixir.detectors';
import { GO_DETECTORS } from './go.detectors';
import { JAVASCRIPT_SERVER_DETECTORS } from './javascript-server.detectors';
import { JAVASCRIPT_TOOLS_DETECTORS } from './javascript-tools.detectors';
import { JAVASCRIPT_UI_DETECTORS } from './javascript-ui.detectors';
import { JVM_DETECTORS } from './jvm.detectors';
import { PHP_DETECTORS } from './php.detectors';
import { PYTHON_DETECTORS } from './python.detectors';
import { RUBY_DETECTORS } from './ruby.detectors';
import { RUST_DETECTORS } from './rust.detectors';
import { SERVICES_DETECTORS } from './services.detectors';
import { STATIC_SITES_DETECTORS } from './static-sites.detectors';

/** Every detector by its family, which is the name of its file and of its fixtures' folder. */
export const DETECTOR_FAMILIES: Readonly<Record<string, readonly Detector[]>> = {
  'javascript-ui': JAVASCRIPT_UI_DETECTORS,
  'javascript-server': JAVASCRIPT_SERVER_DETECTORS,
  'javascript-tools': JAVASCRIPT_TOOLS_DETECTORS,
  python: PYTHON_DETECTORS,
  'data-apps': DATA_APPS_DETECTORS,
  ruby: RUBY_DETECTORS,
  php: PHP_DETECTORS,
  go: GO_DETECTORS,
  rust: RUST_DETECTORS,
  jvm: JVM_DETECTORS,
  dotnet: DOTNET_DETECTORS,
  elixir: ELIXIR_DETECTORS,
  'static-sites': STATIC_SITES_DETECTORS,
  services: SERVICES_DETECTORS,
};

export const ALL_DETECTORS: readonly Detector[] = Object.values(DETECTOR_FAMILIES).flat();
