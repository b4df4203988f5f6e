import {promiseModels} from "@trust_crm/chatter/trust_promise_chatter";

promiseModels.add("sale.order", true);
