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
  return { pattern: new RegExp(`^[ \\t]*(?:sqlx|diesel|diesel-async|sea-orm)[ \\t]*=[ \\t]*\\{[^}]{0,600}?"(?:sqlx-)?${feature}(?:-bundled)?"`, 'm'), in: 'Cargo.toml' };
}

/** What the standard libraries of Python, Node and Bun bring along, and addresses that say where the file is. */
export const SQLITE_OF_THE_LANGUAGE: readonly Clue[] = [
  ...imported('sqlite3'),
  { pattern: /\bfrom[ \t]*['"](?:node|bun):sqlite['"]|\brequire\(['"](?:node|bun):sqlite['"]\)/, in: '{index,server,app,main,db,database,store,storage,sqlite,connection,client}.{js,mjs,cjs,ts,mts}' },
];
export const SQLITE_BY_DEFAULT: readonly Clue[] = [
  inDjango('sqlite3|spatialite'),
  ...seenInPython('[\'"]sqlite(?:\\+\\w{1,20})?:///'),
];
