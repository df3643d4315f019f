import type { Clue } from './detector';

/**
 * Pages, and the frames that servers put theirs into: where scripts are named that no manifest knows. `templates/base.html`
 * of Django, `layouts/application.html.erb` of Rails, `app.blade.php` of Laravel, `root.html.heex` of Phoenix, …
 */
export const PAGES = '{index,base,_base,layout,_layout,main,home,app,root,application}.{html,htm,html.erb,html.heex,html.twig,html.tera,html.j2,blade.php,gohtml,tmpl,ejs,hbs,pug,jinja,jinja2,j2,cshtml,templ}';

/** The pages nearest to the root, whatever they are called. */
const ANY_PAGES = '*.{html,htm}';

function inPages(pattern: RegExp): Clue {
  return { some: [{ pattern, in: PAGES }, { pattern, in: ANY_PAGES }] };
}

/** A page takes the script from a content delivery network, as `/vue@3`, `/npm/vue@3/dist/…`, `/ajax/libs/vue/3.4/…`, or from beside itself. */
export function scriptIn(...names: string[]): Clue {
  const name = names.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return inPages(new RegExp(`<script\\b[^>]{0,120}?\\bsrc\\s{0,3}=\\s{0,3}["']?(?:[^"'\\s>]{0,200}/)?(?:${name})(?:@|/\\d|/(?:dist|build|umd|lib)/|["'\\s>]|[.-](?:min|global|module|esm|prod|cdn|v?\\d)[^"'\\s>]{0,100}\\.js|\\.js)`, 'i'));
}

/** A page maps the name to a script, or imports it by address: https://html.spec.whatwg.org/multipage/webappapis.html#import-maps */
export function importedIn(name: string): Clue {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return inPages(new RegExp(`["']${quoted}["']\\s{0,20}:\\s{0,20}["'](?:https?:|/|\\./)|\\bfrom\\s{0,3}["']https?://[^"'\\s]{1,100}/${quoted}[@/"']`));
}
