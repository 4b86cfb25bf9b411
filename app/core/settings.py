"""The one place where the environment is read."""

from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Everything an operator may set, each as SAYSO_<NAME>; docs/operator.md lists them all."""

    model_config = SettingsConfigDict(env_prefix="SAYSO_", extra="ignore")

    home: Path = Field(CHECKOUT / ".sayso", description="Folder that holds all state of this copy.")
    port: int = Field(8000, description="Port of the pages and the API.")
    host: str = Field("127.0.0.1", description="Address the pages and the API listen on.")
    sandbox_port: int = Field(8001, description="Port of the sandbox network.")
    database_url: str | None = Field(None, description="Any PostgreSQL; unset, an embedded one is used.")
    worker_id: str = Field(
        "worker-1", description="Stable id of this worker; two live workers never share one."
    )
    llm_base_url: str | None = Field(
        None, description="OpenAI-compatible endpoint; unset, the bundled model."
    )
    llm_api_key: str = Field("unset", description="Key for that endpoint.")
    llm_model: str = Field("bundled", description="Model name to ask that endpoint for.")
    llm_judge: bool = Field(
        False, description="True: that endpoint looks at every draft again and may add objections."
    )
    llm_timeout_seconds: float = Field(30.0, description="Longest wait for one answer of the model.")
    llm_tokens_per_day: int | None = Field(
        None, ge=0, description="Most tokens for the model in a day (UTC); unset, no limit."
    )
    llm_cost_per_day: float | None = Field(None, ge=0, description="Most money for the model in a day.")
    llm_account_tokens_per_day: int | None = Field(None, ge=0, description="The same for each account.")
    llm_account_cost_per_day: float | None = Field(None, ge=0, description="The same for each account.")
    llm_sender_tokens_per_day: int | None = Field(
        None, ge=0, description="The same for each customer; unset, a tenth of the smaller limit above."
    )
    llm_sender_cost_per_day: float | None = Field(
        None, ge=0, description="The same for each customer; unset, a tenth of the smaller limit above."
    )
    llm_input_price: float = Field(0.0, ge=0, description="Price of a million tokens of a question.")
    llm_output_price: float = Field(0.0, ge=0, description="Price of a million tokens of an answer.")
    bundled_model_url: str | None = Field(
        None, description="Where the bundled model server listens; set by sayso run."
    )
    encoder: str | None = Field(
        None,
        description="Name or folder of a sentence-transformers model, or the URL of an OpenAI-compatible "
        "embeddings endpoint; unset, the bundled encoder.",
    )
    encoder_model: str | None = Field(None, description="Model name to ask that endpoint for.")
    encoder_api_key: str | None = Field(None, description="Key for that endpoint.")
    encoder_timeout_seconds: float = Field(30.0, gt=0, description="Longest wait for one answer of it.")
    secure_cookies: bool = Field(
        False, description="True behind HTTPS: cookies are then sent over HTTPS only."
    )

    @model_validator(mode="after")
    def _costs_have_prices(self) -> Self:
        limits = (self.llm_cost_per_day, self.llm_account_cost_per_day, self.llm_sender_cost_per_day)
        if any(limit is not None for limit in limits) and not self.llm_input_price + self.llm_output_price:
            raise ValueError(
                "A limit of cost needs prices: set SAYSO_LLM_INPUT_PRICE and SAYSO_LLM_OUTPUT_PRICE, "
                "each for a million tokens."
            )
        return self

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    settings = Settings()
    return settings.model_copy(update={"home": settings.home.expanduser().resolve()})
