import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { Language, type Labels } from "./language";
import { finishSignIn, type Settings, SignedIn } from "./session";
import "./style.css";

async function read<T>(path: string): Promise<T> {
  const answer = await fetch(path);
  return (await answer.json()) as T;
}

const [settings, labels] = await Promise.all([
  read<Settings>("/portal/settings.json"),
  read<Labels>("/portal/contracts/labels.json"),
]);
const failed = await finishSignIn(settings);
const place = document.getElementById("app");
if (!place) throw new Error("#app");
createRoot(place).render(
  <StrictMode>
    <Language labels={labels}>
      <SignedIn settings={settings} failed={failed}>
        <App />
      </SignedIn>
    </Language>
  </StrictMode>,
);
