/* The Streamlit component: draws what Python sends. `drawNetwork` stands above, and picks.js tells Python of clicks. */
export default function ({ parentElement, data, setTriggerValue }) {
  const shared = (window.biopact ??= { picked: null });
  const box = parentElement.querySelector(".network");
  const theme = getComputedStyle(box).getPropertyValue("--ground");
  const state = (box.state ??= {});
  state.place = (moved) => setTriggerValue("moved", moved);
  if (!state.view) {
    state.view = drawNetwork(box, data.picture, {
      hidden: [],
      onPick: (id) => {
        shared.picked = id;
        shared.tell?.(id ?? "");
      },
      onMove: (moved) => state.place(moved),
      onHover: (words) => { parentElement.querySelector(".hover").textContent = words; },
    });
    prepare(parentElement, box, state);
  } else if (state.version !== data.version) {
    state.view.load(data.picture);
    if (state.focus !== data.focus) state.view.frame();
  } else if (state.theme !== theme) {
    state.view.redress();
  }
  shared.show = () => state.view.show(shared.picked) || state.view.show(shared.line ?? null);
  if (state.version !== data.version) {
    explain(parentElement, data);
    if (!state.view.select(shared.picked)) state.view.select(shared.line ?? null);
  }
  Object.assign(state, { version: data.version, theme, focus: data.focus });
}

/* Buttons, and a picture that fits again when its frame changes, until someone moves it. */
function prepare(root, box, state) {
  const { view } = state;
  for (const button of root.querySelectorAll("[data-zoom]")) button.onclick = () => view.zoom(Number(button.dataset.zoom));
  root.querySelector("[data-fit]").onclick = () => view.fit();
  for (const button of root.querySelectorAll("[data-save]")) button.onclick = () => view.save(button.dataset.save);
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
