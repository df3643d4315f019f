import type { Detector } from './detector';

/** Frameworks and content management systems of PHP. */
export const PHP_DETECTORS: readonly Detector[] = [
  {
    tag: 'framework:laravel',
    some: [{ package: 'composer:laravel/framework' }, { pattern: /Illuminate\\|bootstrap\/app\.php/, in: 'artisan' }],
    version: 'composer:laravel/framework',
    confidence: 0.95,
  },
  // Its components (console, http-foundation, …) are in every other framework.
  { tag: 'framework:symfony', some: [{ package: 'composer:symfony/framework-bundle' }, { package: 'composer:symfony/symfony' }, { file: 'config/bundles.php' }], version: ['composer:symfony/framework-bundle', 'composer:symfony/symfony'] },
  {
    tag: 'framework:wordpress',
    some: [
      { image: 'wordpress' },
      { image: 'bitnami/wordpress' },
      { package: 'composer:roots/wordpress' },
      { package: 'composer:johnpbloch/wordpress' },
      { file: 'wp-config.php' },
      { file: 'wp-config-sample.php' },
      { file: 'wp-login.php' },
      { glob: 'wp-content/{themes,plugins,mu-plugins}/**' },
      // https://developer.wordpress.org/themes/basics/main-stylesheet-style-css/ and /plugins/plugin-basics/header-requirements/
      { every: [{ pattern: /^[ \t/*]*Theme Name:/m, in: 'style.css' }], some: [{ file: 'functions.php' }, { file: 'theme.json' }, { file: 'index.php' }] },
      { pattern: /^[ \t/*]*Plugin Name:/m, in: '*.php' },
    ],
    version: ['composer:roots/wordpress', 'composer:johnpbloch/wordpress'],
  },
  {
    tag: 'framework:drupal',
    some: [
      { image: 'drupal' },
      { image: 'bitnami/drupal' },
      { package: 'composer:drupal/core' },
      { package: 'composer:drupal/core-recommended' },
      { pattern: /^core_version_requirement:/m, in: '*.info.yml' },
      { file: 'sites/default/default.settings.php' },
    ],
    version: 'composer:drupal/core*',
  },
  { tag: 'framework:slim', some: [{ package: 'composer:slim/slim' }], version: 'composer:slim/slim', confidence: 0.95 },
  {
    tag: 'framework:codeigniter',
    some: [{ package: 'composer:codeigniter4/framework' }, { package: 'composer:codeigniter/framework' }, { file: 'system/core/CodeIgniter.php' }, { pattern: /CodeIgniter/, in: 'spark' }],
    version: ['composer:codeigniter4/framework', 'composer:codeigniter/framework'],
    confidence: 0.95,
  },
  { tag: 'framework:cakephp', some: [{ package: 'composer:cakephp/cakephp' }], version: 'composer:cakephp/cakephp', confidence: 0.95 },
  { tag: 'framework:yii', some: [{ package: 'composer:yiisoft/yii2' }, { package: 'composer:yiisoft/yii' }, { package: 'composer:yiisoft/yii-web' }, { package: 'composer:yiisoft/yii-http' }], version: 'composer:yiisoft/yii2', confidence: 0.95 },
  { tag: 'framework:livewire', some: [{ package: 'composer:livewire/livewire' }], version: 'composer:livewire/livewire', confidence: 0.95 },
];
