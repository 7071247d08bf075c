/* Stands in the panel: hands a click in the picture to Python, and shows in the picture what was picked beside it. */
export default function ({ data, setTriggerValue }) {
  const shared = (window.biopact ??= { picked: null });
  shared.tell = (id) => setTriggerValue("picked", id);
  shared.line = data.line;
  if (shared.picked !== data.picked) {
    shared.picked = data.picked;
    shared.show?.();
  }
}
