import type { Detector } from './detector';

/** Web and UI frameworks of Rust. */
export const RUST_DETECTORS: readonly Detector[] = [
  { tag: 'framework:actix', some: [{ package: 'cargo:actix-web' }], version: 'cargo:actix-web', confidence: 0.95 },
  { tag: 'framework:axum', some: [{ package: 'cargo:axum' }], version: 'cargo:axum', confidence: 0.95 },
  { tag: 'framework:rocket', some: [{ package: 'cargo:rocket' }], version: 'cargo:rocket', confidence: 0.95 },
  { tag: 'framework:warp', some: [{ package: 'cargo:warp' }], version: 'cargo:warp', confidence: 0.95 },
  { tag: 'framework:leptos', some: [{ package: 'cargo:leptos' }], version: 'cargo:leptos', confidence: 0.95 },
  { tag: 'framework:yew', some: [{ package: 'cargo:yew' }], version: 'cargo:yew', confidence: 0.95 },
  { tag: 'framework:dioxus', some: [{ package: 'cargo:dioxus' }], version: 'cargo:dioxus', confidence: 0.95 },
  { tag: 'framework:tauri', some: [{ package: 'cargo:tauri' }, { file: 'tauri.conf.json' }], version: 'cargo:tauri', confidence: 0.95 },
];
