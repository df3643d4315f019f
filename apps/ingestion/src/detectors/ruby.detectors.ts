import type { Detector } from './detector';

/** Web frameworks of Ruby. Jekyll is with the static sites, Sidekiq with the services. */
export const RUBY_DETECTORS: readonly Detector[] = [
  {
    tag: 'framework:rails',
    some: [{ package: 'gem:rails' }, { package: 'gem:railties' }, { pattern: /<[ \t]*(?:::)?Rails::Application\b/, in: 'config/application.rb' }],
    version: ['gem:rails', 'gem:railties'],
    confidence: 0.95,
  },
  {
    tag: 'framework:sinatra',
    // Only what is required at the start of a line: some scripts load it where it is there.
    some: [{ every: [{ package: 'gem:sinatra' }], none: [{ package: 'gem:rails' }] }, { pattern: /^require[ \t]+["']sinatra(?:\/base)?["']/m, in: '*.rb' }, { pattern: /^require[ \t]+["']sinatra(?:\/base)?["']/m, in: 'config.ru' }],
    version: 'gem:sinatra',
    confidence: 0.95,
  },
  { tag: 'framework:hanami', some: [{ package: 'gem:hanami' }, { pattern: /^[ \t]*class[ \t]+\w{1,80}[ \t]*<[ \t]*Hanami::(?:App|Application)\b/m, in: 'config/app.rb' }], version: 'gem:hanami', confidence: 0.95 },
];
