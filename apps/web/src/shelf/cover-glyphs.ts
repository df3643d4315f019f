/** Signs for what an app is about: strokes on a ground of 24 × 24. */
export const GLYPHS = {
  game: 'M4 4h16v16H4zM8.500 8.500h.01M15.500 8.500h.01M12 12h.01M8.500 15.500h.01M15.500 15.500h.01',
  brush: 'M20 3 9.500 13.500M7.500 14.500c-2.500 0-3 2-3 3.500 0 1-1 2-1.500 2 4 1 7.500-.5 7.500-3 0-1.500-1.200-2.500-3-2.500z',
  note: 'M9 18V5l11-2v13M9 18a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM20 16a3 3 0 1 1-6 0 3 3 0 0 1 6 0z',
  play: 'M3 5h18v14H3zM10 9v6l5-3z',
  page: 'M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h7',
  bars: 'M4 21V11M10 21V4M16 21v-8M21 21H3',
  bubble: 'M3 5h18v12h-9l-5 4v-4H3z',
  check: 'M3 12.500 9 18.500 21 6',
  pin: 'M12 21c-5-5-7-8-7-11a7 7 0 0 1 14 0c0 3-2 6-7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  lock: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4',
  coin: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v10M15 9c-1-1-5-1.200-5 1s5 1.500 5 4-4 2.500-6 1',
  braces: 'M8 3c-3 0-3 2-3 4.500S5 12 3 12c2 0 2 2 2 4.500S5 21 8 21M16 3c3 0 3 2 3 4.500s0 4.500 2 4.500c-2 0-2 2-2 4.500s0 4.500-3 4.500',
  nodes: 'M12 7a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM5 21a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM19 21a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM11 6.800 6.300 16.200M13 6.800l4.700 9.400M7.500 18.500h9',
  window: 'M3 4h18v16H3zM3 9h18M6 6.500h.01M9 6.500h.01',
  prompt: 'M4 6l6 6-6 6M12 19h8',
  drum: 'M4 6c0-4 16-4 16 0s-16 4-16 0v12c0 4 16 4 16 0V6M4 12c0 4 16 4 16 0',
  flask: 'M9 3h6M10 3v6L4 20h16L14 9V3M7.500 15h9',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l4 2',
  globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c-5 5-5 13 0 18M12 3c5 5 5 13 0 18',
  ankh: 'M12 11c-3-2-5-4-5-6.500C7 2 9 1.500 12 1.500s5 .5 5 3S15 9 12 11zM12 11v11M5 13.500h14',
} as const;
export type Glyph = keyof typeof GLYPHS;

/** Words of tag values, and the sign that says them. The first that a value holds counts. */
const WORDS: readonly [RegExp, Glyph][] = [
  [/gam|puzzle|chess|arcade/, 'game'],
  [/art|design|draw|paint|graphic|canvas|color|image|photo/, 'brush'],
  [/music|audio|sound|podcast/, 'note'],
  [/video|media|stream|movie|tv/, 'play'],
  [/blog|markdown|writ|doc|text|note|wiki|static-site|cms|book|news/, 'page'],
  [/monitor|metric|chart|analytic|dashboard|data-vis|stat|observab/, 'bars'],
  [/chat|collab|social|message|mail|realtime|forum|fun/, 'bubble'],
  [/productiv|todo|task|kanban|plan|test|lint/, 'check'],
  [/map|geo|travel|location|weather/, 'pin'],
  [/secur|auth|crypt|password|privacy/, 'lock'],
  [/financ|shop|commerce|pay|money|invoice|blockchain|bitcoin/, 'coin'],
  [/machine|learning|\bai\b|neural|graph|network|cluster|llm/, 'nodes'],
  [/cli|terminal|shell|bash|command|devops|tool|busybox/, 'prompt'],
  [/sql|database|storage|cache|redis|mongo|postgres/, 'drum'],
  [/science|math|educat|physics|chem|bio|research|learn/, 'flask'],
  [/time|calendar|clock|schedul/, 'clock'],
  [/react|vue|svelte|angular|front|ui\b|css|html|next|nuxt|component/, 'window'],
  [/web|http|site|browser|internet|rest|proxy|server/, 'globe'],
  [/api|json|code|script|node|express|rust|go\b|python|java|ruby|php|lang|framework|parser|compiler/, 'braces'],
];

/** The sign for a tag's value; an ankh, which stands for life, where none fits. */
export function glyphOf(value: string | undefined): Glyph {
  const text = value?.toLowerCase() ?? '';
  return WORDS.find(([words]) => words.test(text))?.[1] ?? 'ankh';
}
