/* 公示栏: runs right after the content, in place of Material 9.8.1's inline scripts partials/javascripts/content.html (content tabs). */
"use strict"
{
  const tabs = "tabs" in document.currentScript.dataset && __md_get("__tabs")
  if (Array.isArray(tabs))
    for (const set of document.querySelectorAll(".tabbed-set")) {
      const labels = [...set.querySelectorAll(".tabbed-labels > label")]
      const label = tabs.map(tab => labels.find(l => l.innerText.trim() === tab)).find(Boolean)
      if (label) document.getElementById(label.htmlFor).checked = true
    }
  const target = document.getElementById(location.hash.slice(1))
  if (target && target.name) target.checked = target.name.startsWith("__tabbed_")
}
