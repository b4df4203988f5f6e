import {registry} from "@web/core/registry";
import {CircleMapArchParser} from "./circle_map_arch_parser";
import {CircleMapController} from "./circle_map_controller";
import {CircleMapModel} from "./circle_map_model";
import {CircleMapRenderer} from "./circle_map_renderer";

export const circleMapView = {
    type: "circle_map",
    ArchParser: CircleMapArchParser,
    Controller: CircleMapController,
    Model: CircleMapModel,
    Renderer: CircleMapRenderer,
    searchMenuTypes: ["filter", "favorite"],

    props: (genericProps, view) => {
        const {arch, fields, resModel, state} = genericProps;
        const archInfo = new view.ArchParser().parse(arch, fields);
        return {
            ...genericProps,
            Model: view.Model,
            Renderer: view.Renderer,
            modelParams: {...archInfo, size: state?.size || archInfo.size, resModel},
        };
    },
};

registry.category("views").add("circle_map", circleMapView);
