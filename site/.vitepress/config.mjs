import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const roles = [
  ['Author', [['Start', '/'], ['Specs', '/docs/specs'], ['Tests', '/docs/testing'], ['Build', '/docs/build'],
    ['Command applications', '/docs/command-applications'], ['API', '/docs/api'], ['Command line', '/docs/cli']]],
  ['Operator', [['Configuration', '/docs/configuration'], ['Operations', '/docs/operations'],
    ['Security', '/docs/security'], ['Containers', '/docs/containers'], ['Console', '/docs/console'],
    ['Reliability', '/docs/reliability'], ['Fleets', '/docs/fleets']]],
  ['Analyst', [['Analysis', '/docs/analysis/README'], ['ClickHouse and Grafana', '/examples/fleet/README']]],
  ['Data protection officer', [['Data protection', '/docs/data-protection'], ['Privacy', '/docs/privacy']]],
  ['Maintainer', [['Contributing', '/CONTRIBUTING'], ['Architecture', '/docs/architecture'],
    ['Delivery protocol', '/docs/delivery-protocol'], ['Performance', '/docs/performance'],
    ['Releasing', '/docs/releasing'], ['Weaknesses', '/SECURITY'], ['Changes', '/CHANGELOG']]],
];

function decisions() {
  const folder = new URL('../content/docs/decisions/', import.meta.url);
  return readdirSync(folder).filter((name) => /^\d/.test(name)).sort().map((name) => {
    const title = /^# (.+)$/m.exec(readFileSync(new URL(name, folder), 'utf8'));
    return { text: title ? title[1] : name, link: `/docs/decisions/${name.slice(0, -3)}` };
  });
}

// As GitHub makes them, so that a link works in both places
function slugify(heading) {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
}

export default defineConfig({
  title: 'Telemetry for Spring Boot',
  description: 'Telemetry that asks for consent first',
  srcDir: 'content',
  outDir: 'dist',
  rewrites: { 'README.md': 'index.md' },
  lastUpdated: false,
  // The demo's address, when it runs
  ignoreDeadLinks: 'localhostLinks',
  markdown: { anchor: { slugify } },
  // Pages load nothing from other servers; neither does the site show an icon from one
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [{ text: 'By role', link: '/docs/README' }],
    sidebar: [
      { text: 'All documents, by role', link: '/docs/README' },
      ...roles.map(([text, pages]) => ({
        text, items: pages.map(([name, link]) => ({ text: name, link })),
      })),
      { text: 'Decisions', collapsed: true, items: decisions() },
    ],
  },
});
