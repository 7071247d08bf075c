/* The Streamlit component: draws what Python sends and tells Python what was picked. `drawNetwork` stands above. */
export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".network");
  const theme = getComputedStyle(box).getPropertyValue("--ground");
  const state = (box.state ??= { tell: () => {} });
  state.tell = (id) => {
    state.picked = id || null;
    setTriggerValue("picked", id);
  };
  if (!state.view) {
    state.view = drawNetwork(box, data.picture, {
      hidden: [],
      onPick: (id) => state.tell(id ?? ""),
      onHover: (words) => { parentElement.querySelector(".hover").textContent = words; },
    });
    prepare(parentElement, box, state);
  } else if (state.version !== data.version) {
    state.view.load(data.picture);
    if (state.focus !== data.focus) state.view.frame();
  } else if (state.theme !== theme) {
    state.view.redress();
  }
  if (state.version !== data.version) explain(parentElement, data);
  Object.assign(state, { version: data.version, theme, focus: data.focus });
  if (data.picked === state.picked) state.view.select(data.picked);
  else state.view.show(data.picked); // it was picked beside the picture, so bring it into sight
  state.picked = data.picked;
}

/* Buttons, and a picture that fits again when its frame changes, until someone moves it. */
function prepare(root, box, state) {
  const { view } = state;
  for (const button of root.querySelectorAll("[data-zoom]")) button.onclick = () => view.zoom(Number(button.dataset.zoom));
  root.querySelector("[data-fit]").onclick = () => view.fit();
  const moved = () => { state.moved = true; };
  view.network.on("dragEnd", moved);
  view.network.on("zoom", moved);
  new ResizeObserver(() => { if (!state.moved && box.clientWidth) view.frame(); }).observe(box);
  root.querySelector(".legend").open = box.clientWidth > 600;
}

function explain(root, data) {
  root.querySelector(".legend summary").textContent = `Legend, ${data.count}`;
  root.querySelector(".kinds").replaceChildren(...data.legend.map((kind) => {
    const item = document.createElement("span");
    const swatch = document.createElement("i");
    swatch.className = `swatch ${kind.shape ?? "line"}`;
    swatch.style.background = kind.color;
    item.append(swatch, kind.says);
    return item;
  }));
}
