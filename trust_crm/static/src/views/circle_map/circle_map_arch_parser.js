import {visitXML} from "@web/core/utils/xml";

/** The numbers that the size of a dot can show; the server has checked the arch. */
export class CircleMapArchParser {
    parse(arch, fields) {
        const measures = [];
        visitXML(arch, (node) => {
            const hidden = ["1", "True"].includes(
                node.getAttribute("column_invisible")
            );
            if (node.tagName === "field" && !hidden) {
                const name = node.getAttribute("name");
                const label = node.getAttribute("string") || fields[name].string;
                measures.push({name, label});
            }
        });
        return {measures, size: arch.getAttribute("size") || measures[0].name};
    }
}
