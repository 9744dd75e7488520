/* 公示栏: small repairs around Material 9.8.1's bundle; runs just before it. Nothing here is needed to read a page. */
"use strict"
{
  const one = selector => document.querySelector(selector)
  const all = selector => document.querySelectorAll(selector)
  const set = (toggle, on) => { if (toggle && toggle.checked !== on) toggle.click() }
  const wide = matchMedia("(min-width: 60em)")

  // A table without class would be wrapped by the bundle; ours scroll in their own .scroll region
  for (const table of all(".md-typeset table[role]:not([class])")) table.className = "plain"

  // [data-print] buttons: hidden without script (by CSS or by their hidden attribute)
  for (const button of all("[data-print]")) {
    button.hidden = false
    button.addEventListener("click", () => print())
  }

  // Paper says when it was printed
  const printed = one("[data-printed]")
  if (printed) addEventListener("beforeprint", () => {
    const form = { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }
    printed.querySelector("time").textContent = new Date().toLocaleString("zh-CN", form)
    printed.hidden = false
  })

  // ── Search ────────────────────────────────────────────────────────────────
  const search = one("[data-md-component=search]"), open = one("#__search")
  const query = one("[data-md-component=search-query]")
  if (search && query) {
    const tell = () => query.dispatchEvent(new KeyboardEvent("keyup"))
    const show = () => { set(open, true); query.focus() }

    // The bundle listens to keyup only: paste, speech, handwriting, drag and drop, reset
    query.addEventListener("input", event => { if (!event.isComposing) tell() })
    query.addEventListener("compositionend", tell)
    query.form.addEventListener("reset", () => setTimeout(tell))
    // First focus: a blank query makes the worker fetch the records
    query.addEventListener("focus", () => {
      if (query.value) return
      query.value = " "; tell()
      query.value = ""; tell()
    }, { once: true })
    // 「查询」 shows the results. Enter opens a hit only if it is the one meant: the sole one, or the whole name.
    // Otherwise the list gets the focus, so that nobody lands in a neighbour's community.
    query.form.addEventListener("submit", event => { event.preventDefault(); show() })
    query.addEventListener("keydown", event => {
      if (event.key !== "Enter" || event.isComposing) return
      event.preventDefault(); event.stopImmediatePropagation()
      const hits = search.querySelectorAll(".md-search-result__item")
      const link = hits[0] && hits[0].querySelector("a")
      if (!link) return show()
      const title = hits[0].querySelector("h1").cloneNode(true)
      for (const kind of title.querySelectorAll("small")) kind.remove()
      // 示例花园 is one community and the beginning of another: then nobody is sent anywhere
      const same = s => s.normalize("NFKC").toLowerCase().replace(/\s+/g, "")
      const next = hits[1] ? same(hits[1].querySelector("h1").textContent) : ""
      const isMeant = same(title.textContent) === same(query.value) && !next.startsWith(same(query.value))
      if (hits.length === 1 || isMeant) link.click()
      else link.focus()
    }, true)

    const opener = one("[data-open=search]")
    if (opener) opener.addEventListener("click", event => { event.preventDefault(); show() })
    search.querySelector("[data-close]").addEventListener("click", () => set(open, false))
    // Small screens hide the closed box, so the bundle could not focus it for these keys
    addEventListener("keydown", event => {
      if (open.checked || event.ctrlKey || event.metaKey || event.altKey || !"/sf".includes(event.key) ||
        /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return
      event.preventDefault(); event.stopImmediatePropagation()
      show(); query.select()
    }, true)

    // Full-screen view = named modal dialog; focus goes back to its opener
    open.addEventListener("change", () => {
      const modal = open.checked && !wide.matches
      for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"], ["aria-label", "查找"]])
        modal ? search.setAttribute(name, value) : search.removeAttribute(name)
      if (!open.checked) setTimeout(() => {
        if (opener && opener.offsetParent && (document.activeElement === document.body || search.contains(document.activeElement))) opener.focus()
      })
    })

    const meta = one(".md-search-result__meta"), list = one(".md-search-result__list"), pane = one(".md-search__scrollwrap")
    new MutationObserver(() => {
      // The bundle renders each hit with an <h1>; a page has one
      for (const h of list.querySelectorAll("h1:not([role])")) h.setAttribute("role", "presentation")
      // It appends more hits when the end of the list is reached, and must hear that the end has moved (fast scrolling)
      pane.dispatchEvent(new Event("scroll"))
      if (list.querySelector("[data-failed]")) meta.textContent = "查找暂时不可用"
    }).observe(list, { childList: true })
    // It writes 5k for five thousand
    new MutationObserver(() => {
      const text = meta.textContent.replace(/\s*([\d.]+)k/, (_, n) => `约 ${Math.round(n * 1000)}`)
      if (text !== meta.textContent) meta.textContent = text
    }).observe(meta, { childList: true })
  }

  // ── Menu of small screens ─────────────────────────────────────────────────
  const drawer = one("#__drawer"), menu = one("[data-open=drawer]"), panel = one(".md-sidebar--primary")
  if (drawer && menu && panel) {
    const close = document.createElement("button")
    close.type = "button"
    close.className = "drawer-close"
    close.textContent = "关闭菜单"
    close.addEventListener("click", () => set(drawer, false))
    panel.prepend(close)
    menu.addEventListener("click", () => set(drawer, true))
    drawer.addEventListener("change", () => {
      menu.setAttribute("aria-expanded", drawer.checked)
      if (drawer.checked) close.focus()
      else if (panel.contains(document.activeElement) || document.activeElement === document.body) menu.focus()
    })
    addEventListener("keydown", event => { if (event.key === "Escape") set(drawer, false) })
  } else if (menu) menu.hidden = true
}
