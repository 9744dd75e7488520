/* 公示栏: search worker for Material 9.8.1's search box. Messages, as in its bundle:
     in   {type: 0, data: index}  SETUP, never needed, answered     in   {type: 2, data: "query"}   QUERY
     out  {type: 1}               READY                             out  {type: 3, data: {items}}   RESULT
   Material inserts title and text as HTML: everything is escaped here. location is relative to the site root (config.base).
   search/records.json = {"version": 1, "records": [[kind, uri, name, aliases[], address, text], …]} is fetched when the first
   query that is not empty arrives; shim.js sends a blank one when the box gets the focus. No index: a plain scan. */
"use strict"

const SOURCE = new URL("../../search/records.json", self.location)
const KINDS = { community: "小区", accounts: "账目", matter: "议事", firm: "企业", region: "地区", organization: "机构", policy_document: "文件", mechanism: "做法", ranking_edition: "榜单", assessment_scheme: "办法", page: "说明" }
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

const normalise = s => s.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
// 示例花园二期 finds 示例花园（二期）: spaces, brackets and dashes are typed or not
const squeeze = s => normalise(s).replace(/[\s()[\]{}〔〕【】《》“”"'·,，、.。:：-]+/g, "")
const escape = s => /[&<>"']/.test(s) ? s.replace(/[&<>"']/g, c => ENTITIES[c]) : s

let loading = null   // promise of the prepared records, null again after a failure
let latest = 0       // number of the newest query; older ones are not answered

function load() {
  return loading || (loading = fetch(SOURCE)
    .then(response => { if (!response.ok) throw new Error(response.status); return response.json() })
    .then(({ version, records }) => {
      if (version !== 1) throw new Error("version")
      return records.map(([kind, uri, name, aliases, address, text]) => {
        const n = squeeze(name), a = aliases.map(squeeze).join("\n"), d = squeeze(address)
        return { kind, uri, name, aliases, text, n, a, all: n + "\n" + a + "\n" + d, t: squeeze(text) }
      })
    })
    .catch(error => { loading = null; throw error }))
}

/* Place of a record: whole name, start of name, in name, in an alias, in the address; several terms: the worst of them */
function place(r, query, terms) {
  if (r.n === query) return 0
  if (r.n.startsWith(query)) return 1
  let worst = 2
  for (const term of terms)
    if (!r.n.includes(term)) worst = Math.max(worst, r.a.includes(term) ? 3 : 4)
  return worst
}

/* One term must stand in name, alias or address. Of several, others may stand in the line shown: 「蜀山 万科」 */
function matches(r, terms) {
  return terms.every(term => r.all.includes(term)) ||
    (terms.length > 1 && terms.some(term => r.all.includes(term)) && terms.every(term => r.all.includes(term) || r.t.includes(term)))
}

function find(records, query, terms) {
  const keys = []
  for (let i = 0; i < records.length; i++)
    if (records[i].all.includes(query) || matches(records[i], terms))   // one number sorts by place, then length of name, then order
      keys.push(place(records[i], query, terms) * 1e12 + Math.min(records[i].n.length, 9999) * 1e8 + i)
  return Float64Array.from(keys).sort()
}

/* Text as HTML with the terms marked. Characters are normalised one by one, so that a mark covers whole original characters. */
function mark(text, terms) {
  const chars = [...text]
  let flat = "", from = []
  chars.forEach((c, i) => { for (const u of c.normalize("NFKC").toLowerCase()) { for (let k = 0; k < u.length; k++) from.push(i); flat += u } })
  const hit = new Array(chars.length).fill(false)
  for (const term of terms)
    for (let at = flat.indexOf(term); at >= 0; at = flat.indexOf(term, at + term.length))
      hit.fill(true, from[at], from[at + term.length - 1] + 1)
  let out = ""
  chars.forEach((c, i) => {
    if (hit[i] && !hit[i - 1]) out += "<mark>"
    out += escape(c)
    if (hit[i] && !hit[i + 1]) out += "</mark>"
  })
  return out
}

function item(r, terms, bare, score) {
  const known = KINDS[r.kind]
  // an alias is shown only if it was needed and is readable (initials and pinyin may be aliases too)
  const alias = bare.every(t => r.n.includes(t)) ? null
    : r.aliases.find(a => /[^\x00-\x7f]/.test(a) && bare.some(t => squeeze(a).includes(t)))
  return [{
    location: /^[\w-][\w./#-]*$/.test(r.uri) ? r.uri : "",
    title: mark(r.name, terms) + (known ? ` <small>${known}</small>` : ""),
    text: (alias ? `<span>又名 ${mark(alias, terms)}</span> ` : "") + escape(r.text).replace(/·/g, '<span class="dot">·</span>'),
    score, terms: {}
  }]
}

async function answer(raw) {
  const number = ++latest
  const query = normalise(raw)
  let items = []
  if (raw) {
    const wait = load()
    if (query) {
      try {
        const records = await wait
        if (number !== latest) return
        const terms = query.split(" "), bare = terms.map(squeeze).filter(Boolean)
        const keys = bare.length ? find(records, bare.join(""), bare) : []
        items = Array.from(keys, (key, at) => item(records[key % 1e8], terms, bare, keys.length - at))
      } catch (error) {   // shim.js sees data-failed and changes the result line; the next query tries again
        if (number !== latest) return
        items = [[{ location: "az/", title: "<span data-failed>没有取到查找用的名单</span>", text: "请检查网络后再试；也可以打开这一条，按拼音找。", score: 1, terms: {} }]]
      }
    } else wait.catch(() => {})
  }
  postMessage({ type: 3, data: { items } })
}

self.onmessage = ({ data }) => {
  if (data.type === 0) postMessage({ type: 1 })
  if (data.type === 2) answer(data.data)
}
postMessage({ type: 1 })
