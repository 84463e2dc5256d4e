// Draws bars over time, stacked, in one lane or several below each other; a click or a drag tells the page which were meant.
import { init } from "./charts.js";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const laneCount = (data) => 1 + Math.max(0, ...data.series.map((series) => series.lane));
// No bar at all where there is nothing: the outline of a hollow one would be drawn along the axis.
const bars = (series) => series.counts.map((count) => (count === 0 ? "-" : series.isBelow ? -count : count));

// A lane's axis names only its ends: what it can be read by, in little room.
function laneAxis(data, lane, quiet, line) {
  const ends = { above: 1, below: 0 };
  for (let at = 0; at < data.starts.length; at++) {
    const sum = { above: 0, below: 0 };
    for (const series of data.series.filter((s) => s.lane === lane)) sum[series.isBelow ? "below" : "above"] += series.counts[at];
    ends.above = Math.max(ends.above, sum.above);
    ends.below = Math.max(ends.below, sum.below);
  }
  return {
    gridIndex: lane, type: "value", min: -ends.below, max: ends.above, interval: ends.above + ends.below,
    axisLabel: { color: quiet, fontSize: 10, margin: 6, formatter: (value) => (value === 0 ? "" : Math.abs(value).toLocaleString("en")) },
    splitLine: { show: false }, axisLine: { show: false, lineStyle: { color: line } },
  };
}

function axes(data) {
  const quiet = token("--quiet");
  const line = token("--line");
  const lanes = laneCount(data);
  const time = (lane, labels) => ({
    id: `x${lane}`, gridIndex: lane, type: "category", data: data.labels, axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: line } },
    axisLabel: { show: labels, color: quiet, fontSize: 11, hideOverlap: true, alignMaxLabel: "right" },
  });
  if (data.laneHeight === 0) {
    return {
      grid: { left: 4, right: 14, top: 12, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: time(0, true),
      yAxis: { type: "value", minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, fontSize: 11 } },
    };
  }
  const all = Array.from({ length: lanes }, (_, lane) => lane);
  // The labels stand below the last lane, not at zero in the middle of its bars.
  const labels = {
    ...time(lanes - 1, true), id: "labels", position: "bottom", axisLine: { show: false, onZero: false }, axisPointer: { show: false },
  };
  return {
    grid: all.map((lane) => ({ left: 34, right: 14, top: lane * data.laneHeight + 24, height: data.laneHeight - 30 })),
    xAxis: [...all.map((lane) => time(lane, false)), labels],
    yAxis: all.map((lane) => laneAxis(data, lane, quiet, line)),
  };
}

function options(data) {
  const lanes = laneCount(data);
  return {
    animation: false,
    textStyle: { fontFamily: token("--font") },
    aria: { enabled: true, label: { description: data.description } },
    toolbox: { show: false },
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    brush: {
      xAxisIndex: "all", brushType: "lineX", brushMode: "single", throttleType: "debounce", throttleDelay: 0,
      brushStyle: { color: token("--accent-wash"), borderColor: token("--accent"), borderWidth: 1 },
      outOfBrush: { colorAlpha: 0.35 },
    },
    tooltip: {
      trigger: "axis", axisPointer: { type: "shadow" }, confine: true, transitionDuration: 0,
      backgroundColor: token("--surface"), borderColor: token("--line-strong"), textStyle: { color: token("--text"), fontSize: 12 },
      formatter: (items) => tooltip(data, [items].flat()[0]?.dataIndex ?? 0),
    },
    ...axes(data),
    series: data.series.map((series) => ({
      id: `${series.lane} ${series.key}`, name: series.name, type: "bar", stack: `lane ${series.lane}`, data: bars(series),
      xAxisIndex: Math.min(series.lane, lanes - 1), yAxisIndex: Math.min(series.lane, lanes - 1),
      barCategoryGap: "12%", barMaxWidth: 64, large: false, emphasis: { disabled: true }, cursor: "pointer",
      itemStyle: style(series),
    })),
  };
}

// What colour says, shape says too: hollow bars, and bars below the line.
function style(series) {
  const color = token(`--${series.color}`);
  return series.isHollow ? { color: "transparent", borderColor: color, borderWidth: 1.25 } : { color };
}

function tooltip(data, at) {
  const box = document.createElement("div");
  box.append(Object.assign(document.createElement("div"), { textContent: data.spans[at] }));
  const shown = data.series.filter((series) => series.counts[at] > 0);
  const ordered = data.laneHeight === 0 ? shown.reverse() : shown;
  for (const series of ordered.slice(0, 14)) {
    const line = document.createElement("div");
    const mark = document.createElement("span");
    mark.className = `swatch${series.isHollow ? " hollow" : ""}`;
    mark.style.setProperty("--swatch", `var(--${series.color})`);
    line.append(mark, ` ${series.title} `, Object.assign(document.createElement("b"), { textContent: series.counts[at].toLocaleString("en") }));
    box.append(line);
  }
  return box;
}

/** The series under a point of a bar: -1 above and below all of them. */
function seriesAt(data, lane, at, value) {
  let [above, below] = [0, 0];
  for (const [index, series] of data.series.entries()) {
    if (series.lane !== lane) continue;
    const count = series.counts[at];
    if (series.isBelow) {
      if (value < -below && value >= -below - count) return index;
      below += count;
    } else {
      if (value >= above && value < above + count) return index;
      above += count;
    }
  }
  return -1;
}

export function draw(element, page) {
  // A person may have gone on to another page before this came.
  if (!element) return null;
  element.ariaBusy = "true";
  const chart = init(element);
  let data = null;
  let live = true;
  let lanes = 0;
  const brush = () => chart.dispatchAction({
    type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" },
  });
  // Merged where the lanes are the same, so that a tooltip stays while the numbers under it go on.
  const paint = () => {
    if (!data || !live) return;
    const sameLanes = lanes === laneCount(data);
    lanes = laneCount(data);
    if (!sameLanes) chart.resize();
    chart.setOption(options(data), sameLanes ? { replaceMerge: ["series"] } : { notMerge: true });
    if (!sameLanes) brush();
    element.ariaBusy = "false";
  };
  const pick = (first, last, series) => {
    const end = data.starts.length - 1;
    page.invokeMethodAsync("Picked", Math.max(0, Math.min(end, first)), Math.max(0, Math.min(end, last)), series);
  };

  let dragged = false;
  chart.on("brushEnd", (event) => {
    const range = event.areas[0]?.coordRange;
    if (!range || range[1] <= range[0]) return;
    dragged = true;
    setTimeout(() => { dragged = false; }, 0);
    pick(range[0], range[1], -1);
    chart.dispatchAction({ type: "brush", areas: [] });
  });
  chart.getZr().on("click", (event) => {
    if (dragged || !data) return;
    const point = [event.offsetX, event.offsetY];
    const lane = Array.from({ length: lanes }, (_, i) => i).find((i) => chart.containPixel({ gridIndex: i }, point));
    if (lane === undefined) return;
    const [at, value] = chart.convertFromPixel({ gridIndex: lane }, point);
    if (data.starts[at] !== undefined) pick(at, at, seriesAt(data, lane, at, value));
  });

  const resized = new ResizeObserver(() => chart.resize());
  resized.observe(element);
  const restyled = () => { lanes = 0; paint(); };
  document.addEventListener("reeve-theme", restyled);
  return {
    show(next) { data = next; paint(); },
    dispose() {
      live = false;
      resized.disconnect();
      document.removeEventListener("reeve-theme", restyled);
      chart.dispose();
    },
  };
}
