// The histogram of the Search page. Bars only: add a chart type here when a page draws with it.
import { BarChart } from "echarts/charts";
import { AriaComponent, BrushComponent, GridComponent, LegendComponent, ToolboxComponent, TooltipComponent } from "echarts/components";
import * as core from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

core.use([BarChart, AriaComponent, BrushComponent, GridComponent, LegendComponent, ToolboxComponent, TooltipComponent, CanvasRenderer]);

export const init = core.init;
