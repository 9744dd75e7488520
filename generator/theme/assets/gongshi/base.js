/* 公示栏: runs in <head>, in place of Material 9.8.1's inline scripts partials/javascripts/base.html and palette.html.
   The four globals below are read by Material's bundle; keep their names and meaning. */
"use strict"
var __md_scope = new URL(document.currentScript.dataset.base, location)
var __md_hash = s => [...s].reduce((h, c) => (h << 5) - h + c.charCodeAt(0), 0)
var __md_get = (key, storage, scope = __md_scope) => {
  // Unlike the original, refused storage (private mode, cookies off) is "nothing stored", not an exception
  try { return JSON.parse((storage || localStorage).getItem(scope.pathname + "." + key)) } catch (e) { return null }
}
var __md_set = (key, value, storage, scope = __md_scope) => {
  try { (storage || localStorage).setItem(scope.pathname + "." + key, JSON.stringify(value)) } catch (e) { /* as in the original */ }
}
// Script runs: say so at once (the bundle does it only at the end of the page, after the first paint)
document.documentElement.classList.remove("no-js")
document.documentElement.classList.add("js")
// Colour scheme, before the first paint: the stored choice, else what the system prefers
new MutationObserver((_, observer) => {
  const body = document.body
  if (!body) return
  observer.disconnect()
  if (!body.hasAttribute("data-md-color-scheme")) return
  const stored = (__md_get("__palette") || {}).color
  const fixed = stored && stored.media !== "(prefers-color-scheme)" && stored.scheme
  body.setAttribute("data-md-color-scheme",
    fixed || (matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default"))
}).observe(document.documentElement, { childList: true })
