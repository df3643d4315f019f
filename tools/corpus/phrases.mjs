/** The real words of the corpus: the head of its vocabulary. */

/** @param {string} text */
const words = (text) => text.trim().split(/\s+/);
/** @param {string} text */
const items = (text) => text.trim().replace(/\s+/g, ' ').split('; ');

/** First halves of names: "lunar-kanban", "Amber Notes". */
export const epithets = words(`
  open simple fast tiny smart super micro mini hyper meta lunar solar amber quiet bright swift cosmic velvet copper silver golden crimson azure
  indigo scarlet emerald ivory cobalt coral misty rusty sunny frosty stormy windy mossy sandy stellar orbital atomic quantum digital analog
  electric magnetic static dynamic modular parallel linear radial fluid solid hollow gentle brave clever curious daring eager fearless happy
  honest humble jolly kind lively merry nimble patient proud serene sleepy steady sturdy tender vivid wild wise young ancient modern classic
  retro vintage future urban rural coastal alpine arctic desert tropical northern southern eastern western hidden secret silent whispering
  roaring dancing flying floating running jumping sailing wandering restless endless infinite final first second third prime royal noble
  rapid turbo instant eternal daily weekly nightly midnight morning evening autumn winter spring summer harvest blossom ember flint granite
  marble onyx opal pearl quartz ruby sapphire topaz jade cedar maple willow birch aspen juniper clover fern lotus orchid saffron ginger
  pepper cinnamon vanilla honey lemon mango peach plum cherry olive walnut hazel falcon raven heron otter badger fox lynx panda koala tiger
  dolphin whale turtle beetle firefly dragonfly sparrow robin owl phoenix dragon griffin comet nebula galaxy meteor eclipse aurora horizon
  zenith summit canyon river delta harbor island lagoon prairie meadow forest glacier volcano thunder lightning rainbow shadow mirror lantern
  compass anchor beacon bridge castle tower garden orchard village market workshop factory engine rocket shuttle voyager pilot ranger scout
`);

/** Last halves of names. */
export const suffixes = words(`
  app hub studio kit box lab desk works base space flow stack craft cloud board room house garden forge pilot mate buddy central station point
  one plus pro lite go now zone port dock bay nest hive den yard field park path way trail line link loop ring net mesh grid core seed root
  leaf branch tree stone spark pulse wave echo beat tone
`);

export const qualities = words(`
  small fast simple quiet friendly modern lightweight minimal self-hosted private reliable accessible elegant offline-first open-source tiny
  powerful extensible secure opinionated hackable portable real-time calm distraction-free collaborative multilingual configurable typed
  serverless responsive playful experimental production-ready
`);

export const audiences = items(`
  small teams; families; students; teachers; freelancers; remote teams; developers; designers; researchers; nonprofits; clubs; schools;
  restaurants; musicians; photographers; writers; gardeners; runners; cyclists; makers; operators; support teams; sales teams; editors;
  librarians; doctors; shops on the corner; cities and towns; startups; agencies; people who travel light; people who forget things;
  anyone with a browser; communities; housing cooperatives; podcasters; journalists; data analysts; game masters; home owners
`);

export const features = items(`
  keyboard shortcuts; dark mode; full-text search; offline support; two-factor sign-in; webhooks; a REST API; a GraphQL API; role-based access;
  CSV import; PDF export; email notifications; push notifications; single sign-on; an audit log; drag and drop; version history; comments;
  mentions; custom fields; saved filters; bulk editing; recurring reminders; a command palette; a plugin system; themes; translations into
  twelve languages; right-to-left layouts; screen reader support; end-to-end encryption; rate limiting; background jobs; live updates;
  infinite scrolling; a mobile layout; printable views; public links; guest access; quotas; automatic backups; health checks; feature flags;
  multi-tenancy; time zones; currency conversion; barcode scanning; QR codes; geolocation; charts; heat maps; a timeline; a calendar view;
  templates; snippets; Markdown; LaTeX formulas; syntax highlighting; diffs; undo and redo; autosave; conflict-free merging; streaming
  responses; caching; a sandbox; metrics for Prometheus; structured logs; OpenAPI documentation; container images for two architectures
`);

export const closings = items(`
  Pull requests are welcome; Used in production since last year; No account needed; Nothing leaves your server; Started as a weekend project;
  Made during a hackathon; The demo data resets every night; Tests run in under a minute; It needs less memory than a browser tab;
  Upgrades migrate the database by themselves; Documentation lives in the docs folder; A public demo is linked above; Bring your own domain;
  Works behind any reverse proxy; Reads its settings from the environment; Accessible by keyboard alone; Written for a talk and kept alive since
`);

/** Spelled as their makers do; others begin with a capital. */
export const brandNames = new Map(
  items(`
    typescript TypeScript; javascript JavaScript; php PHP; csharp C#; html HTML; nextjs Next.js; nestjs NestJS; sveltekit SvelteKit; trpc tRPC;
    fastapi FastAPI; jquery jQuery; postgresql PostgreSQL; sqlite SQLite; mysql MySQL; mongodb MongoDB; mariadb MariaDB; duckdb DuckDB;
    clickhouse ClickHouse; dynamodb DynamoDB; influxdb InfluxDB; couchdb CouchDB; leveldb LevelDB; scylladb ScyllaDB; timescaledb TimescaleDB;
    aspnet ASP.NET; htmx htmx; spring-boot Spring Boot; ocaml OCaml; wordpress WordPress; cakephp CakePHP; http4k http4k; openresty OpenResty
  `).map((item) => /** @type {[string, string]} */ ([item.slice(0, item.indexOf(' ')), item.slice(item.indexOf(' ') + 1)])),
);

export const firstNames = words(`
  ada alan amina anders anna ben carla chen clara dana david diego elena emil emma erik fatima felix finn grace hana hugo ines ivan jana jonas
  julia kai karim kofi lara lea leon lina luca lucia maja marco maria mei mia mila nadia nina noah nora olga omar oskar paula priya rafael
  ravi rosa sam sara sofia sven tariq theo tom uma vera victor wei yara yuki zoe
`);
export const lastNames = words(`
  adams almeida andersson bauer becker bianchi brandt carter chen cohen costa diaz dubois eriksen fischer fontana garcia gruber haddad hansen
  hoffmann ibrahim ivanova jansen johansson kaya keller khan kim kowalski kumar larsen leroy lopez mahmoud martin mendes meyer moreau muller
  nakamura nguyen nielsen novak okafor olsen park patel pereira petrov popescu ramos rossi sato schmidt silva singh smith sousa suzuki takahashi
  torres vargas virtanen wagner wang weber wong yamamoto yilmaz zhang
`);
export const ownerEndings = words('labs works hq io dev tools studio team group collective org apps code systems');

/** Names and lines in other scripts, and with accents: a catalogue of the world has them. */
export const foreign = [
  ['メモ帳', '思いついたことをすぐに書き留められる軽量なメモアプリ。', 'notes'], ['天気予報', '一週間の天気と気温を地図で表示します。', 'weather'],
  ['家計簿', '毎月の支出を記録してグラフで確認できるアプリ。', 'personal-finance'], ['料理レシピ', '冷蔵庫の食材からレシピを検索できます。', 'recipes'],
  ['写真館', '家族の写真を日付と場所で整理するギャラリー。', 'photos'], ['将棋道場', 'ブラウザで遊べる将棋サーバー。', 'game'],
  ['読書記録', '読んだ本の感想を残す読書日記。', 'books'], ['予定表', 'チームで共有できるカレンダー。', 'calendar'],
  ['Погода', 'Прогноз погоды на неделю с картой осадков.', 'weather'], ['Заметки', 'Простые заметки с поиском и метками.', 'notes'],
  ['Библиотека', 'Каталог домашней библиотеки с учётом выданных книг.', 'library'], ['Задачи', 'Список задач для небольшой команды.', 'todo'],
  ['Бюджет', 'Учёт доходов и расходов семьи.', 'personal-finance'], ['Шахматы', 'Шахматный сервер с разбором партий.', 'chess'],
  ['Café Crème', 'Caisse et gestion des commandes pour les petits cafés.', 'e-commerce'], ['Tâches à faire', 'Liste de tâches partagée, sans compte à créer.', 'todo'],
  ['Señal', 'Panel de señales y alertas para equipos de operaciones.', 'monitoring'], ['Niño Sano', 'Recordatorio de vacunas y citas médicas.', 'healthcare'],
  ['Über Pünktlich', 'Fahrpläne und Verspätungen für Bus und Bahn.', 'travel'], ['Küchenzettel', 'Rezepte und Einkaufslisten für die ganze Woche.', 'cooking'],
  ['Smørrebrød', 'Bestillinger til frokost på kontoret.', 'cooking'], ['Łąka', 'Dziennik ogrodnika z kalendarzem siewu.', 'gardening'],
  ['São João', 'Agenda de festas e eventos da cidade.', 'events'], ['Günlük', 'Şifreli ve sade bir günlük uygulaması.', 'notes'],
  ['날씨', '이번 주 날씨와 미세먼지를 보여 줍니다.', 'weather'], ['메모장', '빠르고 가벼운 메모 앱입니다.', 'notes'],
  ['天气', '显示未来一周的天气和空气质量。', 'weather'], ['笔记本', '支持全文搜索的轻量级笔记应用。', 'notes'],
  ['Ημερολόγιο', 'Κοινόχρηστο ημερολόγιο για μικρές ομάδες.', 'calendar'], ['مفكرة', 'تطبيق ملاحظات بسيط وسريع.', 'notes'],
];
