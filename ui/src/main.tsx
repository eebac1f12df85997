import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App";
import "./paper.css";
import { frame } from "./shell/frame";
import { language } from "./words";

document.documentElement.lang = language;
frame();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
