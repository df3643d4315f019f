/** Words by which a README's parts are known, in the languages that people write READMEs in most. */

/** Sections that tell how to get or keep it, not what it is. Compared with the beginning of a heading. */
export const PRACTICAL_SECTION = new RegExp(
  `^(?:\\d+[.)]?\\s*)?(?:${[
    'install', 'set ?up', 'getting[ -]started', 'get started', 'quick ?-?start', 'usage', 'use$', 'using', 'how to', 'run', 'build', 'develop', 'local', 'contribut', 'licen[sc]',
    'credit', 'acknowledg', 'thanks', 'sponsor', 'backer', 'donat', 'support', 'table of contents?', 'contents?$', 'toc$', 'prerequisite', 'requirement', 'dependenc', 'deploy',
    'docker', 'test', 'change ?log', 'roadmap', 'to-?do', 'faq', 'author', 'maintainer', 'contact', 'configur', 'environment', 'commands?$', 'available scripts', 'scripts$', 'news',
    'updates?$', 'what.?s new', 'star', 'community', 'links?$', 'resources', 'learn more', 'troubleshoot', 'security', 'project (?:setup|structure|layout)', 'folder structure', 'tech', 'built with', 'citation',
    'status', 'note', 'warning', 'disclaimer', 'upgrad', 'migrat', 'release', 'documentation', 'docs$', 'screenshots?', 'demo', 'try it', 'code style', 'recommended ide',
    '安装', '安裝', '目录', '目錄', '许可', '授权', '使用', '贡献', '快速', '部署', '更新', '环境', '运行', '致谢', '赞助', '联系', '開発', 'インストール', '使い方', '使用方法', 'ライセンス', '必要', '環境', 'セットアップ', '설치', '사용', '라이', '시작',
    'установк', 'лицензи', 'использовани', 'запуск', 'быстрый', 'требовани', 'instala', 'licencia', 'licença', 'uso$', 'como ', 'cómo', 'requisit', 'utilisation', 'licence', 'prérequis', 'démarr', 'lizenz', 'benutzung', 'verwendung', 'voraussetz', 'einrichtung',
    'التثبيت', 'الترخيص', 'الاستخدام', 'התקנה', 'רישיון', 'kurulum', 'lisans', 'kullanım', 'cài đặt', 'instalasi', 'lisensi',
  ].join('|')})`,
  'iu',
);

/** Such a section's heading alone: never the title of the whole. */
export const SECTION_TITLE =
  /^(?:\d+[.)]?\s*)?(?:installation|install(?:ing)?|set ?up|getting started|quick ?-?start(?: guide)?|usage|how to (?:use|run|install|build|start)\b.*|run(?:ning)? (?:the|it|locally|with|in|on)\b.*|prerequisites|requirements|licen[sc]e|contributing|contributors|contributions?|features|screenshots?|demo|live demo|deployment|development|configuration|testing|tests|credits|acknowledge?ments|authors?|faq|changelog|roadmap|to-?do|tech(?:nology)? stack|technologies(?: used)?|built with|project structure|dependencies|sponsors?|support|links|resources|安装|安裝|使用|使用方法|目录|目錄|许可证|许可|贡献|快速开始|部署|特性|功能|インストール|使い方|ライセンス|設置|설치|사용법|라이선스|установка|лицензия|использование|instalación|instalação|licencia|licença|uso|utilisation|lizenz)[:：]?$/iu;

/** Sections that say what it is. */
export const ABOUT_SECTION =
  /^(?:\d+[.)]?\s*)?(?:about|overview|introduction|intro$|description|summary|abstract|what(?:'s| is|’s| does)|why|motivation|background|the project|项目简介|项目介绍|簡介|简介|介绍|介紹|概述|关于|概要|はじめに|について|소개|개요|описание|о проекте|что это|acerca|descripci|introducci|sobre|descri|présentation|à propos|über|beschreibung|نبذة|مقدمة|حول|אודות|hakkında|giới thiệu|tentang)/iu;

/** A title that says what every document of its kind is called, or what a generator of projects wrote. */
export const GENERIC_TITLE =
  /^(?:read ?me(?:\.md)?|documentation|docs|introduction|about(?: (?:the|this) project)?|the project|overview|getting started|table of contents|contents|project ?(?:name|title)|my[ -]?(?:app|project)|untitled|title|getting started with create react app|react(?: \+ typescript)? \+ vite|vue 3(?: \+ typescript)? \+ vite|svelte(?: \+ ts)? \+ vite|nuxt(?: 3)? minimal starter|nuxt 3|create-svelte|sv|astro starter kit.*|welcome to (?:remix|astro|docusaurus).*|react router|(?:turborepo|next\.?js) starter|expo app|welcome to your (?:expo|convex) .*|项目名称|简介|介绍|说明|はじめに|概要)[!.…]*$/iu;

/** What generators of projects write: it is said of all they generated. */
export const BOILERPLATE =
  /\b(?:(?:was|is|project|app|application|site|website)(?: project| app)? (?:bootstrapped|generated|created|scaffolded) (?:with|using|by|from) |template (?:provides a minimal setup|should help get you started)|look at the (?:nuxt|svelte|astro)|everything you need to build a svelte project|welcome to your new |this is a \[?next\.?js\]? project bootstrapped|a modern, production-ready template for building|currently, two official plugins are available|you may also see|this readme would normally document|project description (?:here|goes here)|lorem ipsum|一句话描述)/iu;

/** Beginnings of what tells of the project's state, asks for something, or labels a fact. */
export const NOTICE = new RegExp(
  `^(?:${[
    '(?:important |please |quick |side)?(?:note|warning|important|caution|attention|disclaimer|notice|nb|tip|heads[- ]up|status|update|news|announcement|deprecat(?:ed|ion(?: notice)?))(?:\\s*[:：!]|\\s+[–—-]\\s|$)',
    '(?:this |the )?(?:repo(?:sitory)?|project|package|library|app|application|readme|page|document|branch|software|site)?\\s*(?:is|are|has been)?\\s*(?:currently|now|still)?\\s*(?:in |a |an )?(?:under (?:heavy |active |early )?(?:construction|development)|work in progress|wip\\b|no longer (?:maintained|supported|developed)|not (?:actively )?maintained|unmaintained|deprecated|archived|obsolete|in (?:early )?(?:alpha|beta|development)|moved to|in maintenance mode)',
    'coming soon', 'todo\\b', 'please (?:consider|star|sponsor|support|donate|note|read|see|read|be aware|don.t|do not|give|help|open|report)', 'note that', 'be aware',
    '(?:proudly |kindly |generously )?(?:sponsored|supported|backed|made with (?:love|❤|♥)|built with (?:love|❤|♥)) ?(?:by|in|with|❤|♥|$)', 'special thanks', '(?:many |big )?thanks (?:to|for)', 'if you (?:like|love|find|enjoy|want to support|are (?:using|looking)|use|appreciate)',
    '(?:give|leave|drop|hit) (?:us |me |it |this (?:repo(?:sitory)?|project) )?(?:a )?(?:⭐|star)', '(?:don.t forget to )?star (?:this|the|us|it)', 'buy me a', 'become a (?:sponsor|backer|patron)', '(?:join|follow|chat with|talk to|find|contact|ask) (?:us|me|our|the community)', 'we(?:.re| are) hiring', 'come join',
    'our sponsors', 'gold sponsors?', 'support (?:us|me|this project|the project|development)', 'looking for (?:the |an? )?(?:docs|documentation|older|v\\d|new maintainer|maintainer|contributors|help)', 'for (?:the )?(?:english|chinese|japanese|latest|more (?:info|details)|documentation|full documentation|installation)', '(?:see|view|check out|visit|read|open|click|head over to|go to) (?:(?:(?:the|our|a|full|live|online|official) )+(?:demo|docs|documentation|website|site|wiki|changelog|guide)|here|this link|for more)',
    '(?:live )?(?:demo|preview|website|homepage|url|docs|documentation|authors?|version|licen[cs]e|maintainers?|date|last updated|requires|requirements?|repository|source|download|tags?|keywords?|language|contact|e-?mail|discord|twitter|wiki|blog|changelog|演示|文档|官网|作者|版本|デモ|демо|автор)\\s*(?:[:：]|$)',
    'copyright\\b', '©', '\\(c\\)', 'licensed under', 'released under', 'distributed under', '注意', '警告', '重要', '提示', '声明', '施工中', '开发中', '工事中', '開発中', 'внимание', 'важно', 'в разработке', 'atención', 'aviso', 'en construcción', 'em construção', 'achtung', 'hinweis', 'in arbeit', 'en construction', 'en cours de développement', 'تنبيه', 'تحذير', 'ملاحظة',
  ].join('|')})`,
  'iu',
);

/** Words of a row that leads to the same page in other languages. */
const LANGUAGE_NAMES =
  'english|en|en-us|chinese|中文|简体中文|簡體中文|繁體中文|繁体中文|正體中文|简体|繁體|简|繁|zh|zh-cn|zh-tw|cn|japanese|日本語|ja|jp|korean|한국어|ko|kr|español|espanol|spanish|castellano|es|français|francais|french|fr|deutsch|german|de|português|portugues|portuguese|português do brasil|brasil|brazilian|pt|pt-br|br|русский|russian|ru|українська|ukrainian|uk|ua|italiano|italian|it|türkçe|turkish|tr|polski|polish|pl|nederlands|dutch|nl|العربية|arabic|ar|עברית|hebrew|he|فارسی|persian|farsi|fa|हिन्दी|हिंदी|hindi|hi|বাংলা|bengali|bn|tiếng việt|tieng viet|vietnamese|vi|vn|bahasa indonesia|indonesian|indonesia|id|ไทย|thai|th|čeština|czech|cs|svenska|swedish|sv|suomi|finnish|ελληνικά|greek|română|romanian|magyar|hungarian|dansk|norsk|català|catalan|اردو|urdu|தமிழ்';
const LANGUAGES = new Set(LANGUAGE_NAMES.split('|'));
const SWITCHER_WORDS = /^(?:read (?:this|it|the readme|this readme)?(?: document)?(?: in)?|(?:in )?(?:other )?languages?|translations?|readme|also available in|available in|view in|(?:select |choose )?language|document|文档|语言|語言|其他语言|阅读|言語|언어|язык|idioma|idiomas|langue|sprache)$/iu;

/** `English | 中文 | 日本語`, linked or not: leads to the same page in other languages. */
export function isLanguageSwitcher(text: string): boolean {
  if (text.length > 400) return false;
  const parts = text
    .toLowerCase()
    .split(/[|｜·•∙⋅・/,、，;:：()（）[\]【】]|\s[-–—]\s|\s(?:and|or|in|和|或)\s/u)
    .map((part) => part.replace(/[^\p{L}\p{M}\s-]/gu, '').trim())
    .filter((part) => part !== '' && !SWITCHER_WORDS.test(part));
  // Without separators: "English 简体中文 日本語".
  const names = parts.flatMap((part) => (LANGUAGES.has(part) ? [part] : part.split(/\s+/)));
  return names.length > 0 && names.every((name) => LANGUAGES.has(name));
}
