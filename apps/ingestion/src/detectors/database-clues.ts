import type { Clue, PackageName } from './detector';
import { imported, seenInPython } from './python-imports';

/** Images that run beside the app, as a compose file has them; what the app is built on does not. */
export function run(...names: string[]): Clue[] {
  return names.map((name) => ({ every: [{ image: name }], none: [{ base: name }] }));
}

/** Clients and drivers that serve one thing only, needed while the app runs. */
export function uses(...names: PackageName[]): Clue[] {
  return names.map((name) => ({ package: name }));
}

/** `provider = "postgresql"`. https://www.prisma.io/docs/orm/reference/prisma-schema-reference#datasource */
export function inPrisma(provider: string): Clue {
  return { pattern: new RegExp(`^[ \\t]*provider[ \\t]*=[ \\t]*"(?:${provider})"`, 'm'), in: '*.prisma' };
}

/** `'ENGINE': 'django.db.backends.postgresql'`. https://docs.djangoproject.com/en/stable/ref/settings/#engine */
export function inDjango(engine: string): Clue {
  return { pattern: new RegExp(`^[^#\\n]{0,200}['"]django\\.(?:db|contrib\\.gis\\.db)\\.backends\\.(?:${engine})['"]`, 'm'), in: '{settings,base,production,prod,common,defaults}.py' };
}

/** The feature of a crate that speaks to several databases: `sqlx = { version = "0.8", features = ["postgres"] }`. */
export function inCrate(feature: string): Clue {
  return { pattern: new RegExp(`"(?:sqlx|diesel|sea-orm)\\/(?:sqlx-)?${feature}(?:-bundled)?"|^[ \\t]*(?:sqlx|diesel|diesel-async|sea-orm)[ \\t]*=[ \\t]*\\{[^}]{0,600}?"(?:sqlx-)?${feature}(?:-bundled)?"`, 'm'), in: 'Cargo.toml' };
}

/** `dialect: 'postgresql'`. https://orm.drizzle.team/docs/drizzle-config-file */
export function inDrizzle(dialect: string): Clue {
  return { pattern: new RegExp(`\\bdialect['"]?[ \\t]*:[ \\t]*['"](?:${dialect})['"]`), in: 'drizzle.config.{ts,mts,js,mjs}' };
}

/** Extensions of PHP, by their names without `pdo_`: required by composer.json, or the only ones for a database that the Dockerfile installs. */
export function inPhp(own: string, others: string): Clue[] {
  return [
    { pattern: new RegExp(`"ext-(?:pdo_)?(?:${own})"\\s{0,20}:`), in: 'composer.json' },
    { every: [{ dockerfile: installing(own) }], none: [{ dockerfile: installing(others) }] },
  ];
}

function installing(extensions: string): RegExp {
  return new RegExp(`\\b(?:docker-php-ext-install|install-php-extensions)\\b(?:[^\\n&|;]|\\\\\\r?\\n){0,400}?[ \\t](?:pdo_)?(?:${extensions})(?![\\w-])`);
}

/** `DB_CONNECTION=pgsql` of Laravel. */
export function inLaravel(connection: string): Clue {
  return { pattern: new RegExp(`^DB_CONNECTION=["']?(?:${connection})\\b`, 'm'), in: '.env.example' };
}

const OF_NODE = /\bfrom[ \t]*['"](?:(?:node|bun):sqlite|drizzle-orm\/(?:bun-sqlite|better-sqlite3|libsql))['"]|\brequire\(['"](?:node|bun):sqlite['"]\)/;
/** What the standard libraries of Python, Node and Bun bring along. */
export const SQLITE_OF_THE_LANGUAGE: readonly Clue[] = [
  ...imported('sqlite3'),
  { pattern: OF_NODE, in: '{index,server,app,main,db,database,store,storage,sqlite,connection,client}.{js,mjs,cjs,ts,mts,tsx}' },
  { pattern: OF_NODE, in: '*.{js,mjs,ts,mts,tsx}' },
];
/** Settings and addresses that say where the file is. */
export const SQLITE_BY_DEFAULT: readonly Clue[] = [
  inDjango('sqlite3|spatialite'),
  inLaravel('sqlite'),
  ...seenInPython('[\'"]sqlite(?:\\+\\w{1,20})?:///'),
];
