/**
 * What the apps of the corpus are about. A capability completes "an app that …".
 * @typedef {{ nouns: string[], thing: string, topics: string[], can: string[] }} Subject
 */

/** @param {string} line @returns {Subject} */
function subject(line) {
  const [nouns = '', thing = '', topics = '', can = ''] = line.split(' | ');
  return { nouns: nouns.split(' '), thing, topics: topics.split(' '), can: can.split('; ') };
}

/** The most common first. */
export const subjects = `
kanban board sprint | kanban board | productivity | moves cards across columns; shows who works on what; limits work in progress; plans the next sprint
dashboard panel overview | dashboard | dashboards visualization | puts every number on one page; refreshes charts as data arrives; arranges widgets by drag and drop; keeps a view for each team
blog journal writer | blog engine | blogging publishing | publishes posts written in Markdown; schedules drafts; serves an RSS feed; renders pages ahead of time
chat messenger rooms | chat server | chat | delivers messages in real time; keeps the history of every room; shows who is typing; notifies people who were mentioned
notes notebook memo | note-taking app | notes | links notes with each other; searches everything ever written; syncs between devices; keeps notes as plain files
todo tasks checklist | task list | todo productivity | reminds of what is due today; repeats chores every week; shares lists with a household; sorts tasks by priority
shop store checkout | online shop | e-commerce | sells products with variants; counts stock in several warehouses; takes payments by card; sends order confirmations
invoice billing receipts | invoicing app | invoicing finance | tracks unpaid invoices; sends reminders before the due date; exports to accounting software; numbers invoices without gaps
wiki handbook docs | team wiki | wiki | keeps the history of each page; finds pages by their words; renders diagrams in line; imports old documents
calendar planner agenda | shared calendar | calendar scheduling | finds a slot that suits everyone; subscribes to other calendars; books meeting rooms; understands time zones
weather forecast climate | weather app | weather geodata | shows the forecast for the week; draws rain radar on a map; compares years of temperatures; warns of storms
music player radio | music player | music audio | streams a whole music library; remembers where playback stopped; builds playlists by mood; reads tags from audio files
photo gallery album | photo gallery | photos | sorts photos by place and date; shares albums by link; makes thumbnails on the fly; finds duplicates
video stream theater | video platform | video | transcodes uploads in the background; streams in several qualities; adds subtitles; counts views without cookies
recipe kitchen cookbook | recipe book | cooking | scales ingredients to the number of guests; makes a shopping list; imports recipes from web pages; plans meals for the week
budget ledger wallet | budget tracker | personal-finance finance | sorts expenses into envelopes; imports bank statements; draws where the money goes; forecasts the balance of next month
game arcade puzzle | browser game | game | plays in any browser; keeps a high score table; matches two players online; generates a new level every day
chess checkers go | chess server | chess game | analyses finished games; pairs players of equal strength; teaches openings; replays famous matches
map atlas navigator | interactive map | maps geodata | draws routes between places; imports tracks from a watch; works without a connection; overlays satellite pictures
monitor uptime watch | uptime monitor | monitoring observability | checks endpoints every minute; pages whoever is on call; keeps response times for a year; publishes a status page
logs tracer inspector | log viewer | logging observability | follows logs of many hosts; groups errors that are alike; parses structured lines; answers queries over days of logs
metrics gauge telemetry | metrics collector | metrics monitoring | scrapes exporters; stores series in little space; alerts on thresholds; draws percentiles over time
api gateway proxy | API gateway | api | limits requests per client; validates bodies against a schema; retries what is safe to retry; routes by header
auth login identity | identity provider | authentication security | signs people in once for all apps; supports passkeys; issues short-lived tokens; keeps an audit trail
vault secrets keyring | password vault | security | encrypts everything on the client; fills in forms; shares secrets with a team; warns of leaked passwords
mail inbox letters | mail client | email communication | threads long conversations; filters newsletters; searches years of mail in an instant; sends later
newsletter campaign bulletin | newsletter tool | email marketing | sends to thousands of readers; measures without tracking pixels; lets readers choose topics; handles bounces
survey poll forms | form builder | forms | asks only what is needed; branches on earlier answers; exports answers as CSV; blocks spam without captchas
feed reader digest | feed reader | rss | collects feeds of every kind; marks duplicates as read; sends a digest each morning; fetches full articles
bookmark links shelf | bookmark manager | bookmarks | archives pages before they vanish; tags links by itself; finds dead links; shares a reading list
shortener redirect tiny | link shortener | links marketing | counts clicks by country; makes QR codes; expires links; answers within a millisecond
paste snippet clipboard | pastebin | snippets developer-tools | highlights two hundred languages; burns a paste after reading; diffs two versions; takes input from a pipe
editor markdown pad | collaborative editor | editor collaboration | merges edits of many people; exports to PDF; previews while typing; works offline
whiteboard sketch canvas | whiteboard | drawing collaboration | draws shapes that look hand-made; zooms without end; shares a board by link; exports vector graphics
diagram flowchart graph | diagram editor | diagrams visualization | lays out boxes by itself; turns text into diagrams; exports SVG; keeps versions
spreadsheet tables grid | spreadsheet | spreadsheet data | evaluates formulas as you type; connects to databases; pivots a million rows; imports Excel files
pipeline etl workflow | workflow runner | automation | runs steps in order and in parallel; retries failed steps; shows each run as a graph; starts on a schedule
scraper crawler spider | web crawler | crawling data | respects robots.txt; renders pages with scripts; extracts tables; resumes where it stopped
search finder lookup | search service | search | answers while you type; forgives misspellings; counts facets; highlights matches
classifier vision detector | image classifier | machine-learning | recognises objects in pictures; runs on a plain processor; learns from a few examples; labels a folder of images
assistant bot companion | chat assistant | ai | answers from your own documents; runs models locally; remembers the conversation; cites its sources
translate phrase lingua | translation tool | translation | translates whole documents; keeps a glossary; compares two translations; detects the language
speech voice dictation | speech recogniser | speech audio | transcribes meetings; tells speakers apart; runs without the cloud; writes subtitles
fitness workout training | workout log | fitness health | plans training for a marathon; counts repetitions; draws progress over months; imports heart rate data
habit streak routine | habit tracker | habits health | keeps streaks without shaming; reminds at the right hour; shows a year at a glance; shares goals with a friend
clinic patient appointments | appointment desk | healthcare scheduling | books appointments online; reminds patients by text message; keeps records private; prints the plan of the day
school classroom homework | classroom app | education learning | hands out homework; grades quizzes by itself; shows parents what is due; works on old tablets
flashcards quiz trainer | flashcard trainer | education learning | repeats cards when they are about to be forgotten; imports shared decks; reads words aloud; keeps statistics per deck
library books reader | library catalogue | books | lends books to neighbours; scans ISBN codes; reads EPUB in the browser; recommends what to read next
inventory warehouse stock | inventory system | inventory logistics | counts what is on each shelf; prints labels; orders before stock runs out; tracks serial numbers
fleet tracker courier | delivery tracker | logistics iot | shows vehicles on a map; plans rounds; tells customers when to expect a parcel; measures fuel
sensor home thermostat | home automation hub | home-automation iot | switches lights by presence; reads sensors over MQTT; draws power use by room; runs scenes at sunset
garden plants greenhouse | garden planner | gardening hobby | tells when to sow; waters by soil moisture; keeps a diary for each bed; identifies weeds
travel trips itinerary | trip planner | travel maps | collects tickets in one place; splits the costs of a trip; suggests walks nearby; shares the plan with friends
event tickets booking | ticket shop | events | sells seats on a plan; scans tickets at the door; refunds cancelled shows; mails tickets as PDF
crm contacts leads | customer database | crm | remembers every conversation; scores leads; reminds of follow-ups; merges duplicate contacts
helpdesk support tickets | help desk | support communication | turns mails into tickets; answers common questions by itself; measures response times; assigns by skill
hr timesheet payroll | time sheet | time-tracking hr | tracks hours per project; approves holidays; exports to payroll; reminds at the end of the week
jobs careers recruit | job board | jobs hr | publishes openings; screens applications; schedules interviews; keeps candidates informed
forum community lounge | forum | forum community | keeps discussions readable; moderates with votes; mails replies; awards badges
social circle timeline | social network | social | follows people on other servers; shows posts in order of time; hosts pictures; blocks abuse
dating meetup neighbours | neighbourhood app | community social | lends tools between neighbours; announces street parties; finds lost pets; plans car sharing
stocks trader portfolio | portfolio tracker | trading finance | values holdings every evening; back-tests strategies; reads broker exports; computes taxes
crypto ledger mempool | block explorer | blockchain finance | follows transactions; draws the fee market; verifies signatures; watches addresses
resume portfolio profile | portfolio site | portfolio | shows projects with pictures; prints a curriculum vitae; loads in half a second; adapts to dark mode
landing starter template | starter template | template | comes with sign-in and billing; deploys with one command; has tests from the start; renders on the server
components design tokens | component library | design-system | documents every component; follows accessibility rules; themes by tokens; ships without dependencies
cms content pages | content management system | cms publishing | models content without code; previews drafts; translates entries; serves content over GraphQL
backup snapshot archive | backup tool | backup storage | deduplicates across machines; verifies what it stored; restores single files; encrypts before upload
files drive share | file share | file-sharing storage | resumes broken uploads; expires links; previews documents; mounts as a network drive
deploy release ship | deployment tool | deployment | rolls back within seconds; deploys each branch; shows what is where; waits for health checks
terminal console shell | web terminal | terminal developer-tools | opens a shell in the browser; records sessions; shares a terminal read-only; survives dropped connections
query sql schema | database browser | databases developer-tools | edits rows in place; draws foreign keys; explains slow queries; exports any table
queue broker events | message queue | messaging | delivers at least once; keeps order by key; replays from any point; shows the depth of each queue
simulator physics lab | physics simulator | simulation science | integrates orbits; draws fields in colour; slows time down; exports the numbers
genome protein cells | sequence viewer | bioinformatics science | aligns sequences; draws trees; opens large files in the browser; annotates genes
astronomy telescope stars | star atlas | astronomy science | shows tonight's sky; predicts passes of satellites; aligns a telescope; names faint stars
family tree ancestry | family tree | genealogy hobby | draws five generations; imports GEDCOM files; attaches old photos; finds gaps
poetry stories fiction | writing room | writing publishing | plans chapters on cards; counts words per day; exports to EPUB; compares drafts
vote council petition | participation platform | civic-tech community | collects proposals; counts votes that can be checked; summarises debates; maps reports from the street
`.trim().split('\n').map(subject);
