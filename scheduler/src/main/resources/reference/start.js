// Renders the API's description. A key that is typed in stays in this page.
SwaggerUIBundle({
  url: "/v1/openapi.yaml",
  dom_id: "#reference",
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
});
