// The Statuspage clients of npm, unmodified, against one page.
import { createRequire } from 'node:module';

const [base, code] = process.argv.slice(2);
const require = createRequire(`${process.env.SIGNPOST_TOOLS}/npm/`);
const { StatusPageClient, maintenances } = require('@aero/statuspage');
const { Statuspage } = require('statuspage.io');
const url = `${base}/${code}`;

const check = (what, right, seen = '') => console.log(`${right ? 'ok' : 'FAIL'} ${what} ${right ? '' : JSON.stringify(seen)}`);
const raw = async (path) => (await fetch(`${url}/api/v2/${path}.json`)).json();
const ids = (list) => list.map((one) => one.id).join();
const known = (list, words, field) => list.every((one) => words.includes(one[field]));

const COMPONENT = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'];
const INCIDENT = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'];
const MAINTENANCE = ['scheduled', 'in_progress', 'verifying', 'completed'];

// A client of @aero/statuspage keeps its route between calls, so each call gets its own.
const aero = () => new StatusPageClient(url);
const [summary, incidents, all] = await Promise.all(['summary', 'incidents', 'scheduled-maintenances'].map(raw));

const seen = await aero().summary();
check('aero: page', seen.page.name === summary.page.name && !Number.isNaN(+seen.page.updated), seen.page);
check('aero: indicator', ['none', 'minor', 'major', 'critical'].includes(seen.status.indicator), seen.status);
check('aero: components', ids(seen.components) === ids(summary.components) && known(seen.components, COMPONENT, 'status'));
check('aero: maintenances of the summary', ids(seen.maintenances) === ids(summary.scheduled_maintenances));
check('aero: status', (await aero().status()).status.indicator === summary.status.indicator);
check('aero: components alone', ids(await aero().components()) === ids(summary.components));
const past = await aero().incidents();
check('aero: incidents', ids(past) === ids(incidents.incidents) && known(past, INCIDENT, 'status'), past);
check('aero: unresolved', known(await aero().incidents(true), INCIDENT.slice(0, 3), 'status'));
const everything = await aero().maintenances(maintenances.ALL);
check('aero: maintenances', everything.length > 0 && ids(everything) === ids(all.scheduled_maintenances), everything);
check('aero: their states', known(everything, MAINTENANCE, 'status') && known(everything, ['maintenance'], 'impact'), everything);
check('aero: their updates', everything.every((m) => m.updates.length > 0 && m.updates.every((u) => u.description && !Number.isNaN(+u.updated))));
check('aero: upcoming', known(await aero().maintenances(maintenances.UPCOMING), ['scheduled'], 'status'));
check('aero: active', known(await aero().maintenances(maintenances.ACTIVE), ['in_progress', 'verifying'], 'status'));

const client = new Statuspage('any');
client.setApiUrl(url);
const read = await client.api.getSummary();
check('statuspage.io: summary', read.page.id === summary.page.id && ids(read.scheduled_maintenances) === ids(summary.scheduled_maintenances));
check('statuspage.io: status', (await client.api.getStatus()).status.indicator === summary.status.indicator);
check('statuspage.io: components', ids((await client.api.getComponents()).components) === ids(summary.components));
check('statuspage.io: incidents', ids((await client.api.incidents.getAll()).incidents) === ids(incidents.incidents));
check('statuspage.io: unresolved', ids((await client.api.incidents.getUnresolved()).incidents) === ids(summary.incidents));
// Its three calls for maintenances all ask for the upcoming ones.
const upcoming = (await client.api.scheduledMaintenances.getUpcoming()).scheduled_maintenances;
check('statuspage.io: upcoming', known(upcoming, ['scheduled'], 'status') && upcoming.every((m) => m.scheduled_for < m.scheduled_until), upcoming);
const known_ids = new Set(summary.components.map((c) => c.id));
check('maintenances embed components of the page', all.scheduled_maintenances.every((m) => m.components.every((c) => known_ids.has(c.id) && c.name)));
check('newest first, at most 50', all.scheduled_maintenances.length <= 50 && all.scheduled_maintenances.every((m, i, list) => i === 0 || m.scheduled_for <= list[i - 1].scheduled_for));
