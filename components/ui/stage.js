// Presentation mode: tells the page which key was pressed and how much room the window has.

const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "previous", PageUp: "previous", Backspace: "previous",
  Home: "first", End: "last", Escape: "leave", ArrowDown: "on", ArrowUp: "back",
};

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

const listening = new WeakMap();

function listen(element) {
  const stage = {};
  stage.keydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = KEYS[event.key];
    if (event.key.toLowerCase() === "f") toggleFullScreen();
    else if (key) stage.trigger("pressed", key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  stage.measure = () => {
    clearTimeout(stage.waiting);
    stage.waiting = setTimeout(() => {
      const size = [innerWidth, innerHeight];
      if (size.join() !== stage.size.join()) stage.state("size", size);
    }, 120);
  };
  document.addEventListener("keydown", stage.keydown, true);
  addEventListener("resize", stage.measure);
  listening.set(element, stage);
  return stage;
}

export default function ({ data, parentElement, setTriggerValue, setStateValue }) {
  const element = parentElement.querySelector("span");
  const stage = listening.get(element) ?? listen(element);
  Object.assign(stage, { size: data.size, trigger: setTriggerValue, state: setStateValue });
  stage.measure();
  const ground = getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor;
  document.documentElement.style.setProperty("--myo-ground", ground);
  return () => {
    clearTimeout(stage.waiting);
    document.removeEventListener("keydown", stage.keydown, true);
    removeEventListener("resize", stage.measure);
    listening.delete(element);
  };
}
