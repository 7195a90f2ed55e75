/* html_browser_checks.h - what is asked of a page in a browser, as expressions of JavaScript. Included by test_html_browser.c only.
 */
#ifndef TEST_HTML_BROWSER_CHECKS_H
#define TEST_HTML_BROWSER_CHECKS_H

/* The page's skeleton: every element with the names of its attributes. Text must not change it. */
static const char skeleton[] = "Array.from(document.querySelectorAll('*'), e => e.tagName + ' ' + "
                               "Array.from(e.attributes, a => a.name).join(' ')).join('\\n')";

/* Elements and attributes beside ours, and values of attributes that could lead or run somewhere. */
static const char foreign[] =
    "(() => { const tags = new "
    "Set(['a','article','b','body','button','circle','code','dd','details',"
    "'div','dl','dt','em','footer','g','h1','h2','h3','h4','head','header','html','i','input','"
    "label',"
    "'li','main','meta','nav','ol','option','output','p','path','pre','rect','script','search',"
    "'section','select','span','style','summary','svg','table','tbody','td','text','th','thead',"
    "'title','tr','tspan','ul']);"
    "const out = [];"
    "for (const e of document.querySelectorAll('*')) {"
    "  if (!tags.has(e.localName)) out.push(e.localName);"
    "  for (const a of e.attributes) {"
    "    if (a.name.startsWith('on') || ['src','srcset','style','action','formaction','srcdoc']"
    ".includes(a.name)) out.push(e.localName + ' ' + a.name);"
    "    if (a.name === 'href' && !/^#[a-z0-9]+$/.test(a.value)) out.push(a.value);"
    "    if (['id','class','for'].includes(a.name) && !/^[a-z0-9_ -]*$/.test(a.value))"
    " out.push(a.value);"
    "  } } return out.join('; '); })()";

/* Text with too little contrast with what is behind it: WCAG 2.2, 1.4.3 (https://www.w3.org/TR/WCAG22/#contrast-minimum). */
static const char faint[] =
    "(() => { const parse = c => { const m = c.match(/[\\d.]+/g).map(Number);"
    " return m.length > 3 && m[3] === 0 ? null : m; };"
    "const lum = c => { const v = c.slice(0, 3).map(x => { x /= 255;"
    " return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; });"
    " return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };"
    "const behind = e => { for (; e; e = e.parentElement) {"
    " const c = parse(getComputedStyle(e).backgroundColor); if (c) return c; } return "
    "[255,255,255]; };"
    "const out = new Set();"
    "for (const e of document.querySelectorAll('body *')) {"
    "  if (!Array.from(e.childNodes).some(n => n.nodeType === 3 && n.data.trim())) continue;"
    "  if (['script','style','title'].includes(e.localName) || !e.checkVisibility()) continue;"
    "  const style = getComputedStyle(e), svg = e.closest('svg');"
    "  let back = behind(e);"
    "  const shape = svg && e.closest('g').querySelector('rect, circle');"
    "  if (shape) back = parse(getComputedStyle(shape).fill) || back;"
    "  const a = lum(parse(svg ? style.fill : style.color)), b = lum(back);"
    "  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);"
    "  if (ratio < 4.5) out.add(e.localName + '.' + e.className + ' ' + ratio.toFixed(2));"
    "} return Array.from(out).join('; '); })()";

/* Headings that skip a level, things to fill in without a label, ids that are there twice, links that lead nowhere. */
static const char disorder[] =
    "(() => { const out = []; let last = 0;"
    "for (const h of document.querySelectorAll('h1,h2,h3,h4,h5,h6')) { const n = +h.localName[1];"
    "  if (n > last + 1) out.push(h.localName + ' after h' + last + ': ' + h.textContent); last = "
    "n; }"
    "if (document.querySelectorAll('h1').length !== 1) out.push('h1');"
    "for (const i of document.querySelectorAll('input,select')) if (!i.labels.length) "
    "out.push(i.id);"
    "const ids = new Set(); for (const e of document.querySelectorAll('[id]')) {"
    "  if (ids.has(e.id)) out.push('twice: ' + e.id); ids.add(e.id); }"
    "for (const a of document.querySelectorAll('a')) if (!ids.has(a.getAttribute('href').slice(1)))"
    " out.push('leads nowhere: ' + a.getAttribute('href'));"
    "for (const s of document.querySelectorAll('section')) if (!ids.has("
    "s.getAttribute('aria-labelledby'))) out.push('section ' + s.id);"
    "return out.join('; '); })()";

/* Where the focus is: what it is, and whether one sees it. */
static const char focused[] =
    "(() => { const e = document.activeElement, s = getComputedStyle(e);"
    " return e.localName + (e.id ? '#' + e.id : '') + (s.outlineStyle === 'none' || "
    "parseFloat(s.outlineWidth) < 2 ? ' unseen' : ''); })()";

/* From a letter typed to the picture with its answer, in milliseconds, the longest of some words; the 80 ms in which more letters are
 * waited for are left aside. */
static const char typed[] =
    "(async () => { const q = document.getElementById('q'); let worst = 0;"
    "for (const word of ['service-0', 'service-01', 'zzz', '512', '']) {"
    "  q.value = word; const begun = performance.now(); q.dispatchEvent(new Event('input'));"
    "  await new Promise(done => setTimeout(done, 81));"
    "  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));"
    "  worst = Math.max(worst, performance.now() - begun - 81);"
    "} return worst; })()";

#endif
