// Draws the histogram: bars stacked by category; a click or a drag asks the page for that part of the time.
import { init } from "./charts.js";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function options(data) {
  const quiet = token("--quiet");
  const line = token("--line");
  return {
    animation: false,
    textStyle: { fontFamily: token("--font") },
    aria: { enabled: true, label: { description: data.description } },
    grid: { left: 4, right: 6, top: 12, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    toolbox: { show: false },
    brush: {
      xAxisIndex: 0, brushType: "lineX", brushMode: "single", throttleType: "debounce", throttleDelay: 0,
      brushStyle: { color: token("--accent-wash"), borderColor: token("--accent"), borderWidth: 1 },
      outOfBrush: { colorAlpha: 0.35 },
    },
    tooltip: {
      trigger: "axis", axisPointer: { type: "shadow" }, confine: true, transitionDuration: 0,
      backgroundColor: token("--surface"), borderColor: token("--line-strong"), textStyle: { color: token("--text"), fontSize: 12 },
      formatter: (items) => tooltip(data, items),
    },
    xAxis: {
      type: "category", data: data.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: line } },
      axisLabel: { color: quiet, fontSize: 11, hideOverlap: true },
    },
    yAxis: {
      type: "value", minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, fontSize: 11 },
    },
    series: data.series.map((series) => ({
      name: series.name, type: "bar", stack: "events", data: series.counts, barCategoryGap: "12%", barMaxWidth: 64, large: false,
      itemStyle: { color: token(`--cat-${series.key}`) }, emphasis: { disabled: true }, cursor: "pointer",
    })),
  };
}

function tooltip(data, items) {
  const box = document.createElement("div");
  const at = items[0]?.dataIndex ?? 0;
  box.append(Object.assign(document.createElement("div"), { textContent: data.spans[at] }));
  for (const item of items.filter((i) => i.value > 0).reverse()) {
    const line = document.createElement("div");
    const mark = document.createElement("span");
    mark.className = "swatch";
    mark.style.background = item.color;
    line.append(mark, ` ${item.seriesName} `, Object.assign(document.createElement("b"), { textContent: item.value.toLocaleString("en") }));
    box.append(line);
  }
  return box;
}

export function draw(element, page) {
  const chart = init(element);
  let data = null;
  let live = true;
  const brush = () => chart.dispatchAction({
    type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" },
  });
  const paint = () => {
    if (!data || !live) return;
    chart.setOption(options(data), { notMerge: true });
    brush();
  };
  const pick = (first, last) => {
    const end = data.starts.length - 1;
    page.invokeMethodAsync("Picked", Math.max(0, Math.min(end, first)), Math.max(0, Math.min(end, last)));
  };

  let dragged = false;
  chart.on("brushEnd", (event) => {
    const range = event.areas[0]?.coordRange;
    if (!range || range[1] <= range[0]) return;
    dragged = true;
    setTimeout(() => { dragged = false; }, 0);
    pick(range[0], range[1]);
    chart.dispatchAction({ type: "brush", areas: [] });
  });
  chart.getZr().on("click", (event) => {
    if (dragged || !data || !chart.containPixel("grid", [event.offsetX, event.offsetY])) return;
    const at = chart.convertFromPixel({ xAxisIndex: 0 }, event.offsetX);
    if (data.starts[at] !== undefined) pick(at, at);
  });

  const resized = new ResizeObserver(() => chart.resize());
  resized.observe(element);
  document.addEventListener("reeve-theme", paint);
  return {
    show(next) { data = next; paint(); },
    dispose() {
      live = false;
      resized.disconnect();
      document.removeEventListener("reeve-theme", paint);
      chart.dispose();
    },
  };
}
