// Buttons that save a picture as it stands on the page: PNG and SVG, by mouse, touch or keyboard.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".clearhead-files");
  root.replaceChildren(
    ...["png", "svg"].map((format) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = data.words[format];
      button.onclick = () => {
        const pictures = [...document.querySelectorAll("[data-picture]")];
        const picture = pictures.find((one) => one.dataset.picture === data.picture);
        picture?.clearheadSave?.(format);
      };
      return button;
    }),
  );
}
