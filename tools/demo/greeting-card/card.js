const DEFAULTS = {
  GREETING: 'Hello, you!',
  MESSAGE: 'Somebody started a container just to tell you this:\nit is good that you are here.',
  RECIPIENT: '',
  SENDER: '',
  COLOR: '#e4572e',
  EMOJI: '♥',
};
const LIMITS = { GREETING: 60, MESSAGE: 400, RECIPIENT: 40, SENDER: 40, EMOJI: 8 };

/** What the environment says, kept to what fits on paper; a colour that is none falls back to the default. */
export function readCard(env) {
  const text = (name) => [...(env[name]?.trim() || DEFAULTS[name])].slice(0, LIMITS[name]).join('');
  return {
    greeting: text('GREETING'),
    message: text('MESSAGE').replaceAll('\\n', '\n'),
    recipient: text('RECIPIENT'),
    sender: text('SENDER'),
    color: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(env.COLOR ?? '') ? env.COLOR : DEFAULTS.COLOR,
    emoji: text('EMOJI'),
  };
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** Fills `{{name}}` in a template with escaped values. */
export const fill = (template, values) => template.replace(/\{\{(\w+)\}\}/g, (_, name) => escapeHtml(values[name] ?? ''));
