// Behaviour of the console that HTML alone cannot give: theme, menu, charts, live feed, copying.
// No code comes from the page: the Content-Security-Policy allows this file, htmx and ECharts only.
"use strict";

const csrf = () => document.querySelector("meta[name=csrf]").content;

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = csrf();
});

// Errors come as a fragment that says what to do; show them where the answer would have been.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status >= 400 && event.detail.xhr.getResponseHeader("X-Fragment")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  switch (button.dataset.do) {
    case "menu": return toggleMenu(button);
    case "theme": return nextTheme(button);
    case "copy": return copy(button);
    case "pause": return pause(button);
    case "csv": return downloadCsv(button.form);
  }
});

function toggleMenu(button) {
  const open = button.closest(".side").classList.toggle("open");
  button.setAttribute("aria-expanded", String(open));
}

function nextTheme(button) {
  const root = document.documentElement;
  const next = { auto: "light", light: "dark", dark: "auto" }[root.dataset.theme || "auto"];
  root.dataset.theme = next;
  document.cookie = `hooklake_theme=${next}; path=/; max-age=31536000; samesite=strict`;
  button.querySelector("[data-theme-name]").textContent = next;
  drawCharts();
}

async function copy(button) {
  const text = button.dataset.text;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.textContent = "Copied";
  }
  setTimeout(() => { button.textContent = label; }, 1500);
}

async function downloadCsv(form) {
  const answer = await fetch("/sql/csv", {
    method: "POST",
    headers: { "X-CSRF-Token": csrf(), "HX-Request": "true" },
    body: new URLSearchParams(new FormData(form)),
  });
  if (!answer.ok) {
    document.querySelector("#answer").innerHTML = await answer.text();
    return;
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = "answer.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

// Keyboard: "g" then a letter goes to a page, "/" to the first search field, "?" tells of them.
let gone = 0;
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) typing.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "g") { gone = Date.now(); return; }
  if (Date.now() - gone < 1200) {
    const link = document.querySelector(`.nav a[data-key="${CSS.escape(event.key)}"]`);
    if (link) { event.preventDefault(); link.click(); }
    gone = 0;
    return;
  }
  if (event.key === "/") {
    const field = document.querySelector("main input[type=search], main textarea");
    if (field) { event.preventDefault(); field.focus(); }
  }
});

// Charts: the page gives figures, the look comes from the tokens.
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function amount(value, unit) {
  if (value === null || value === undefined) return "–";
  if (unit === "%") return `${(value * 100).toFixed(value < 0.01 && value > 0 ? 2 : 1)} %`;
  return Number(value).toLocaleString("en", { maximumFractionDigits: 2 });
}

function shortAmount(value, unit) {
  if (unit === "%") return `${Math.round(value * 1000) / 10} %`;
  if (Math.abs(value) >= 1e6) return `${value / 1e6} M`;
  if (Math.abs(value) >= 1e3) return `${value / 1e3} k`;
  return String(value);
}

function option(chart) {
  const text = { color: token("--faint"), fontFamily: token("--font"), fontSize: 11 };
  const horizontal = chart.kind === "bars";
  const category = {
    type: "category", data: chart.labels, axisTick: { show: false }, boundaryGap: chart.kind !== "area" && chart.kind !== "line",
    axisLine: { lineStyle: { color: token("--line-strong") } },
    axisLabel: { ...text, hideOverlap: true, ...(horizontal ? { width: 150, overflow: "truncate" } : {}) },
    inverse: horizontal,
  };
  const value = {
    type: "value", minInterval: chart.unit === "%" ? 0 : 1, splitNumber: 4,
    splitLine: { lineStyle: { color: token("--line") } },
    axisLabel: { ...text, formatter: (v) => shortAmount(v, chart.unit) },
  };
  return {
    animation: false,
    aria: { enabled: false },
    textStyle: { fontFamily: token("--font") },
    grid: { left: 4, right: 10, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis", renderMode: "richText", confine: true, borderWidth: 1,
      backgroundColor: token("--surface"), borderColor: token("--line-strong"),
      textStyle: { color: token("--text"), fontSize: 12, fontFamily: token("--font") },
      axisPointer: { type: horizontal || chart.kind === "bar" ? "shadow" : "line", lineStyle: { color: token("--line-strong") }, shadowStyle: { color: token("--line"), opacity: 0.35 } },
      valueFormatter: (v) => amount(v, chart.unit),
    },
    xAxis: horizontal ? value : category,
    yAxis: horizontal ? category : value,
    series: chart.series.map((series, i) => line(chart, series, token(`--series-${series.color ?? i % 6 + 1}`))),
  };
}

function line(chart, series, color) {
  const bars = chart.kind === "bar" || chart.kind === "bars";
  return {
    name: series.name, type: bars ? "bar" : "line", data: series.values, color,
    stack: chart.stacked ? "all" : undefined,
    showSymbol: chart.labels.length < 2, symbolSize: 5, smooth: 0.25, smoothMonotone: "x",
    lineStyle: { width: 2 }, barMaxWidth: 22, barGap: "10%",
    itemStyle: bars && !chart.stacked ? { borderRadius: chart.kind === "bars" ? [0, 3, 3, 0] : [3, 3, 0, 0] } : {},
    areaStyle: chart.kind === "area" ? { opacity: 0.13 } : undefined,
  };
}

function drawCharts() {
  if (!window.echarts) return;
  document.querySelectorAll("[data-chart]").forEach((element) => {
    const drawn = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: "canvas" });
    drawn.setOption(option(JSON.parse(element.dataset.chart)), true);
  });
}

let resizing;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => document.querySelectorAll("[data-chart]").forEach((e) => window.echarts?.getInstanceByDom(e)?.resize()), 80);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
document.addEventListener("htmx:afterSettle", () => { drawCharts(); liveFeed(); });

// Live feed: rows come ready-made over server-sent events; a full table lets the oldest go.
let source;
let paused = false;

function liveFeed() {
  const table = document.querySelector("[data-live]");
  if (!table) { source?.close(); source = undefined; return; }
  if (source?.url === new URL(table.dataset.live, location).href) return;
  source?.close();
  const state = document.querySelector("[data-live-state]");
  source = new EventSource(table.dataset.live);
  source.addEventListener("open", () => say(state, "good", "live"));
  source.addEventListener("error", () => say(state, "warn", "connecting again"));
  source.addEventListener("row", (event) => { if (!paused) addRow(table, event.data); });
  source.addEventListener("skipped", (event) => {
    const note = document.querySelector("[data-live-skipped]");
    if (note) { note.hidden = false; note.textContent = event.data; }
  });
}

function addRow(table, html) {
  const most = Number(table.dataset.most || 200);
  table.insertAdjacentHTML("afterbegin", html);
  table.firstElementChild.classList.add("fresh");
  ages();
  while (table.rows.length > most) table.lastElementChild.remove();
  document.querySelector("[data-live-empty]")?.setAttribute("hidden", "");
}

function say(state, kind, text) {
  if (!state || paused) return;
  state.className = `pill ${kind}`;
  state.lastElementChild.textContent = text;
}

function pause(button) {
  paused = !paused;
  button.setAttribute("aria-pressed", String(paused));
  button.textContent = paused ? "Go on" : "Pause";
  const state = document.querySelector("[data-live-state]");
  if (state) {
    state.className = paused ? "pill" : "pill good";
    state.lastElementChild.textContent = paused ? "paused" : "live";
  }
}

// "3 s ago" goes on counting.
function ages() {
  document.querySelectorAll("time[data-ago]").forEach((element) => {
    element.textContent = age((Date.now() - Date.parse(element.dateTime)) / 1000);
  });
}

function age(seconds) {
  if (seconds < 1) return "now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} days ago`;
}

drawCharts();
liveFeed();
setInterval(ages, 1000);
