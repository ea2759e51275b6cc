// Copies the documents into content/, where VitePress reads them: links keep their form, folders become pages,
// files that are no pages are copied beside them, and diagrams are drawn, once for each theme.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderMermaidSVG } from 'beautiful-mermaid';

const site = dirname(fileURLToPath(import.meta.url));
const root = dirname(site);
const content = join(site, 'content');
const FILES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
const FOLDERS = ['docs', 'examples'];
const LINK = /(\]\()([^)\s]+)(\))/g;
const ELSEWHERE = /^[a-z][a-z0-9+.-]*:/i;
const THEMES = {
  light: { bg: '#ffffff', fg: '#3c3c43' },
  dark: { bg: '#1b1b1f', fg: '#dfdfd6' },
};

const staged = new Set();
let diagrams = 0;

function pages(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['target', 'node_modules', 'src'].includes(entry.name) ? [] : pages(path);
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

// A folder without a page of its own gets one that lists its pages
function folderPage(folder) {
  const page = posix.join(folder, 'README.md');
  if (!existsSync(join(root, page)) && !staged.has(page)) {
    const lines = pages(folder).sort().map((path) => {
      const title = /^# (.+)$/m.exec(readFileSync(join(root, path), 'utf8'));
      return `- [${title ? title[1] : path}](${posix.basename(path)})`;
    });
    write(page, `# ${posix.basename(folder)}\n\n${lines.join('\n')}\n`);
  }
  return page;
}

function write(path, text) {
  staged.add(path);
  mkdirSync(dirname(join(content, path)), { recursive: true });
  writeFileSync(join(content, path), text);
}

function link(from, target) {
  if (ELSEWHERE.test(target) || target.startsWith('#')) {
    return target;
  }
  const [path, anchor] = target.split('#');
  const file = posix.normalize(posix.join(posix.dirname(from), path));
  const suffix = anchor ? `#${anchor}` : '';
  const relative = (to) => `${posix.relative(posix.dirname(from), to) || '.'}${suffix}`;
  if (file.startsWith('..') || !existsSync(join(root, file))) {
    throw new Error(`${from}: ${target} leads nowhere`);
  }
  if (file === 'site/README.md') {
    return '/';
  }
  if (statSync(join(root, file)).isDirectory()) {
    return relative(folderPage(file));
  }
  if (file.endsWith('.md') && !FILES.includes(file) && !FOLDERS.some((folder) => file.startsWith(`${folder}/`))) {
    stage(file);
    return relative(file);
  }
  if (!file.endsWith('.md') && !/\.(png|svg)$/.test(file)) {
    // As text, which a browser shows
    const text = file.endsWith('.txt') ? file : `${file}.txt`;
    cpSync(join(root, file), join(content, 'public', text));
    return `/${text}`;
  }
  if (/\.(png|svg)$/.test(file)) {
    cpSync(join(root, file), join(content, file));
  }
  return relative(file);
}

function diagram(from, source) {
  diagrams++;
  const images = Object.entries(THEMES).map(([theme, colours]) => {
    // The typeface would be fetched from elsewhere
    const svg = renderMermaidSVG(source, { ...colours, font: 'sans-serif' })
      .replace(/@import[^;]*;/g, '').replaceAll("'sans-serif', ", '');
    if (/https?:\/\/(?!www\.w3\.org)/.test(svg)) {
      throw new Error(`${from}: the diagram refers to another server`);
    }
    const name = `diagram-${diagrams}-${theme}.svg`;
    write(posix.join(posix.dirname(from), name), svg);
    return `![Diagram](${name}){.diagram-${theme}}`;
  });
  return images.join('\n');
}

function stage(path) {
  if (staged.has(path)) {
    return;
  }
  staged.add(path);
  const parts = readFileSync(join(root, path), 'utf8').split(/^(```[\s\S]*?^```$)/m);
  const text = parts.map((part) => {
    const mermaid = /^```mermaid\n([\s\S]*)```$/.exec(part);
    if (mermaid) {
      return diagram(path, mermaid[1]);
    }
    if (part.startsWith('```')) {
      return part;
    }
    // Code spans stay as they are
    return part.split(/(`+[^`\n]*`+)/).map((piece, index) =>
      (index % 2 ? piece : piece.replace(LINK, (all, open, target, close) => open + link(path, target) + close)))
      .join('');
  });
  write(path, text.join(''));
}

rmSync(content, { recursive: true, force: true });
[...FILES, ...FOLDERS.flatMap(pages)].forEach(stage);
console.log(`${staged.size} files, ${diagrams} diagrams`);
